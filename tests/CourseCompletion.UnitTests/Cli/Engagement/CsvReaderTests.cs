using CourseCompletion.Cli.Engagement;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Engagement;

public sealed class CsvReaderTests
{
    [Fact]
    public void TryRead_QuotesCommasAndLineBreaks_GivesTheFields()
    {
        var records = Read("a,b\r\n\"1,5\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\n\nlast,x");

        Assert.Equal(["a", "b"], records[0].Fields);
        Assert.Equal(["1,5", "say \"hi\""], records[1].Fields);
        Assert.Equal(["two\r\nlines", ""], records[2].Fields);
        Assert.Equal(["last", "x"], records[3].Fields);
        Assert.Equal([1, 2, 3, 6], records.Select(record => record.Line));
    }

    [Fact]
    public void TryRead_QuoteNeverClosed_OnlyItsOwnLineIsMalformed()
    {
        var records = Read("a,b\n1,\"open\n2,x\n3,y\n");

        Assert.Equal([null, "a quote is not closed", null, null], records.Select(record => record.Fault));
        Assert.Equal(["2", "x"], records[2].Fields);
        Assert.Equal(2, records[1].Line);
        Assert.Equal(4, records[3].Line);
    }

    [Fact]
    public void TryRead_QuoteWithinAField_IsACharacter()
    {
        var records = Read("1,a 5\" disk\n2,\"6\"\" \n disk\"\n3,x\"\n");

        Assert.Equal(["1|a 5\" disk", "2|6\" \n disk", "3|x\""], records.Select(record => string.Join('|', record.Fields)));
    }

    [Fact]
    public void TryRead_TextAfterClosingQuote_IsMalformed()
    {
        var records = Read("\"a\"b,c\nd,e\n");

        Assert.Contains("closing quote", records[0].Fault, StringComparison.Ordinal);
        Assert.Equal(["d", "e"], records[1].Fields);
    }

    [Fact]
    public void TryRead_EndlessLine_IsMalformedAndReadingGoesOn()
    {
        var records = Read($"{new string('x', 300_000)}\na,b\n");

        Assert.Contains("longer", records[0].Fault, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], records[1].Fields);
    }

    [Fact]
    public void TryRead_WhatCsvTextWrote_GivesItBack() =>
        Gen.String[Gen.Char["ab,\"\r\n é"], 0, 8].Array[2, 6].List[1, 20].Sample(written =>
        {
            using var text = new StringWriter();
            foreach (var fields in written)
            {
                CsvText.WriteRecord(text, fields);
            }

            var read = Read(text.ToString());
            Assert.Equal(written.Select(fields => string.Join('|', fields)), read.Select(record => string.Join('|', record.Fields)));
        });

    private static List<CsvRecord> Read(string text)
    {
        var reader = new CsvReader(new StringReader(text));
        var records = new List<CsvRecord>();
        while (reader.TryRead(out var record))
        {
            records.Add(record);
        }

        return records;
    }
}
