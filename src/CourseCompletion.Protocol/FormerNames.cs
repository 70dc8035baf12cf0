namespace CourseCompletion.Protocol.V1;

/// <content>A name that the command-line tool still uses; it goes as soon as that uses the new one.</content>
public sealed partial class Engagement
{
    /// <summary>The former name of <see cref="ActiveLast7Days"/>.</summary>
    public int Active7D => ActiveLast7Days;
}

/// <content>A name that the command-line tool still uses; it goes as soon as that uses the new one.</content>
public sealed partial class ResetWatermarkRequest
{
    /// <summary>A field that is no more; what is given is not sent.</summary>
    public string RequestId { get; set; } = "";
}
