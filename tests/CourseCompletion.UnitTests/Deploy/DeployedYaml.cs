using CourseCompletion.UnitTests.Architecture;
using YamlDotNet.RepresentationModel;

namespace CourseCompletion.UnitTests.Deploy;

/// <summary>The YAML files below <c>deploy</c>.</summary>
internal static class DeployedYaml
{
    /// <summary>The documents of a file, by its path below <c>deploy</c>, with what <c>&lt;&lt;</c> merges in put in its place.</summary>
    public static YamlNode[] Read(params string[] path)
    {
        using var text = File.OpenText(Path.Combine([Repository.Root.FullName, "deploy", .. path]));
        var stream = new YamlStream();
        stream.Load(text);
        return [.. stream.Documents.Select(document => Merged(document.RootNode))];
    }

    /// <summary>The node at a path of keys and positions such as <c>spec.containers.0.name</c>; null when there is none.</summary>
    public static YamlNode? At(this YamlNode node, string path)
    {
        var found = node;
        foreach (var step in path.Split('.'))
        {
            found = found switch
            {
                YamlMappingNode map => map.Children.TryGetValue(new YamlScalarNode(step), out var child) ? child : null,
                YamlSequenceNode list => int.TryParse(step, out var position) && position < list.Children.Count ? list.Children[position] : null,
                _ => null,
            };
            if (found is null)
            {
                return null;
            }
        }

        return found;
    }

    /// <summary>The text at a path; "" when there is none.</summary>
    public static string Text(this YamlNode node, string path) => (node.At(path) as YamlScalarNode)?.Value ?? "";

    /// <summary>The texts of a list at a path.</summary>
    public static string[] Texts(this YamlNode node, string path) => [.. node.Items(path).OfType<YamlScalarNode>().Select(item => item.Value ?? "")];

    /// <summary>The items of a list at a path.</summary>
    public static IEnumerable<YamlNode> Items(this YamlNode node, string path) => (node.At(path) as YamlSequenceNode)?.Children ?? [];

    /// <summary>The keys and values of a mapping at a path.</summary>
    public static IEnumerable<(string Key, YamlNode Value)> Entries(this YamlNode node, string path) =>
        node.At(path) is YamlMappingNode map ? map.Children.Select(entry => (((YamlScalarNode)entry.Key).Value!, entry.Value)) : [];

    private static YamlNode Merged(YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode map:
                var merged = new YamlMappingNode();
                foreach (var (key, value) in map.Children)
                {
                    if (key is YamlScalarNode { Value: "<<" })
                    {
                        foreach (var (inheritedKey, inherited) in ((YamlMappingNode)Merged(value)).Children)
                        {
                            merged.Children.TryAdd(inheritedKey, inherited);
                        }
                    }
                    else
                    {
                        merged.Children[key] = Merged(value);
                    }
                }

                return merged;
            case YamlSequenceNode list:
                return new YamlSequenceNode(list.Children.Select(Merged));
            default:
                return node;
        }
    }
}
