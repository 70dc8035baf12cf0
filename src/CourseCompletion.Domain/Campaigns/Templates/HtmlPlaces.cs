using System.Collections.Frozen;

namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>Follows an HTML text and tells where its variables stand.</summary>
/// <remarks>
/// The states of the HTML tokenizer (WHATWG HTML, 13.2.5) as far as they matter; where it is simpler, it errs to the side of <see cref="HtmlPlace.Forbidden"/>. Texts of other learners are
/// inserted here, so a place in which escaping is not enough must not be used.
/// </remarks>
internal sealed class HtmlPlaces
{
    private const int NameLengthMax = 32;
    private const string CommentEnd = "-->";

    private static readonly FrozenSet<string> _addresses = FrozenSet.Create(
        StringComparer.Ordinal, "href", "src", "srcset", "action", "formaction", "background", "cite", "poster", "data", "ping", "longdesc", "xlink:href");

    // Their content is not read as HTML and ends with their own closing tag.
    private static readonly FrozenSet<string> _raw = FrozenSet.Create(
        StringComparer.Ordinal, "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext", "template");

    private State _state;
    private string _element = "";
    private string _attribute = "";
    private string _tail = "";
    private string _end = "";
    private char _quote;
    private bool _isEmptyValue;

    private enum State : byte
    {
        Text,
        Opened,
        Element,
        BeforeAttribute,
        Attribute,
        AfterAttribute,
        BeforeValue,
        Quoted,
        Unquoted,
        Raw,
    }

    /// <summary>The place after everything read so far.</summary>
    public HtmlPlace Current => _state switch
    {
        State.Text => HtmlPlace.Text,
        State.Quoted when _addresses.Contains(_attribute) => _isEmptyValue ? HtmlPlace.Address : HtmlPlace.Forbidden,
        State.Quoted when !_attribute.StartsWith("on", StringComparison.Ordinal) && _attribute is not ("style" or "srcdoc" or "content") => HtmlPlace.Attribute,
        _ => HtmlPlace.Forbidden,
    };

    /// <summary>Reads words.</summary>
    public void Read(string literal)
    {
        foreach (var c in literal)
        {
            _state = Next(c);
        }
    }

    /// <summary>Reads past a variable: nothing in an escaped value ends the place.</summary>
    public void ReadValue() => _isEmptyValue = false;

    private State Next(char c) => _state switch
    {
        State.Text => c == '<' ? State.Opened : State.Text,
        State.Opened => Open(c),
        State.Element => c == '>' ? Close() : IsSpace(c) || c == '/' ? State.BeforeAttribute : NameElement(c),
        State.BeforeAttribute or State.AfterAttribute when IsSpace(c) => _state,
        State.AfterAttribute or State.Attribute when c == '=' => State.BeforeValue,
        State.BeforeAttribute or State.AfterAttribute or State.Attribute when c == '>' => Close(),
        State.BeforeAttribute or State.AfterAttribute or State.Attribute when c == '/' => State.BeforeAttribute,
        State.Attribute when IsSpace(c) => State.AfterAttribute,
        State.Attribute => NameAttribute(_attribute, c),
        State.BeforeAttribute or State.AfterAttribute => NameAttribute("", c),
        State.BeforeValue when IsSpace(c) => State.BeforeValue,
        State.BeforeValue when c is '"' or '\'' => Quote(c),
        State.BeforeValue or State.Unquoted => c == '>' ? Close() : IsSpace(c) ? State.BeforeAttribute : State.Unquoted,
        State.Quoted => EndQuote(c),
        _ => EndRaw(c),
    };

    private State Open(char c)
    {
        _element = "";
        return c == '<' ? State.Opened : char.IsAsciiLetter(c) || c is '/' or '!' or '?' ? NameElement(c) : State.Text;
    }

    private State NameElement(char c)
    {
        _element = Longer(_element, c);
        return _element == "!--" ? Skip(CommentEnd) : State.Element;
    }

    private State NameAttribute(string before, char c)
    {
        _attribute = Longer(before, c);
        return State.Attribute;
    }

    private State Quote(char c)
    {
        (_quote, _isEmptyValue) = (c, true);
        return State.Quoted;
    }

    private State EndQuote(char c)
    {
        _isEmptyValue = false;
        return c == _quote ? State.BeforeAttribute : State.Quoted;
    }

    private State Close() => _raw.Contains(_element) ? Skip("</" + _element) : State.Text;

    private State Skip(string end)
    {
        (_end, _tail) = (end, "");
        return State.Raw;
    }

    private State EndRaw(char c)
    {
        _tail = _tail.Length < _end.Length ? _tail + char.ToLowerInvariant(c) : _tail[1..] + char.ToLowerInvariant(c);
        if (_tail != _end)
        {
            return State.Raw;
        }

        _element = "/";
        return _end == CommentEnd ? State.Text : State.Element;
    }

    // No name that matters is longer.
    private static string Longer(string name, char c) => name.Length < NameLengthMax ? name + char.ToLowerInvariant(c) : name;

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f';
}
