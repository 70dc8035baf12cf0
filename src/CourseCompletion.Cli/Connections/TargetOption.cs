using System.CommandLine;

namespace CourseCompletion.Cli.Connections;

/// <summary>The option that says which server to talk to.</summary>
internal static class TargetOption
{
    public const string AddressDefault = "http://127.0.0.1:5080";

    /// <summary>Makes the option, with the address of a local server as its default.</summary>
    public static Option<Uri> Create() => new("--target")
    {
        Description = "The server's gRPC address.",
        HelpName = "ADDRESS",
        DefaultValueFactory = _ => new(AddressDefault),
        CustomParser = Parse,
    };

    /// <summary>Makes the option without a default.</summary>
    public static Option<Uri?> CreateOptional() => new("--target")
    {
        Description = $"Stream to the server at this gRPC address, such as {AddressDefault}.",
        HelpName = "ADDRESS",
        CustomParser = Parse,
    };

    private static Uri Parse(System.CommandLine.Parsing.ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 0 ? AddressDefault : argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        argument.AddError($"--target '{text}' is no address such as {AddressDefault}.");
        return new(AddressDefault);
    }
}
