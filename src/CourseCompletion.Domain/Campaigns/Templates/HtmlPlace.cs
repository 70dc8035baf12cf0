namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>Where in an HTML text something stands, as far as it decides what may be inserted there.</summary>
internal enum HtmlPlace : byte
{
    /// <summary>Between tags: anything, escaped.</summary>
    Text = 0,

    /// <summary>Within the quotes of an attribute that is neither an address, nor style, nor script: anything, escaped.</summary>
    Attribute = 1,

    /// <summary>At the beginning of a quoted address: a link only.</summary>
    Address = 2,

    /// <summary>Where escaping does not protect: names of tags and attributes, unquoted values, comments, styles, scripts, inside an address.</summary>
    Forbidden = 3,
}
