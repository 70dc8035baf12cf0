using System.Text;

namespace CourseCompletion.Cli.Engagement;

/// <summary>Cuts text at line feeds. A carriage return before one stays, because within quotes it belongs to the text.</summary>
internal sealed class LineReader(TextReader text, int lineCharsMax)
{
    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _partial = new();
    private int _start;
    private int _end;

    /// <summary>Reads the next line; of one that is too long only the beginning is kept.</summary>
    public bool TryRead(out string line, out bool isTooLong)
    {
        _partial.Clear();
        isTooLong = false;
        var any = false;
        while (true)
        {
            if (_start == _end)
            {
                _start = 0;
                _end = text.Read(_buffer, 0, _buffer.Length);
                if (_end <= 0)
                {
                    _end = 0;
                    line = _partial.ToString();
                    return any;
                }
            }

            any = true;
            var rest = _buffer.AsSpan(_start, _end - _start);
            var feed = rest.IndexOf('\n');
            var piece = feed < 0 ? rest : rest[..feed];
            _start += feed < 0 ? piece.Length : feed + 1;
            if (feed >= 0 && _partial.Length == 0 && piece.Length <= lineCharsMax)
            {
                line = piece.ToString();
                return true;
            }

            isTooLong |= _partial.Length + piece.Length > lineCharsMax;
            _partial.Append(isTooLong ? [] : piece);
            if (feed >= 0)
            {
                line = _partial.ToString();
                return true;
            }
        }
    }
}
