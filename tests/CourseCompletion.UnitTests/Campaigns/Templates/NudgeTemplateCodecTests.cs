using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Templates;

public class NudgeTemplateCodecTests
{
    private static readonly Gen<string> _text = Gen.String[Gen.Char["aé文{}<\n "], 0, 60];

    private static readonly Gen<string?> _optional = Gen.Select(Gen.Bool, _text, (isSet, text) => isSet ? text : null);

    private static readonly Gen<NudgeTemplate> _template = Gen.Select(
        _text, _text, Gen.Select(_text, _text, _text, _optional, _optional, (locale, subject, body, html, link) => new NudgeText(locale, subject, body, html, link)).Array[0, 5],
        (id, fallback, texts) => new NudgeTemplate(id, fallback, texts));

    [Fact]
    public void Read_AnyTemplateWritten_GivesItBack() => _template.Sample(template =>
    {
        var to = new PayloadWriter();
        NudgeTemplateCodec.Write(to, template);
        var from = PayloadReader.Open(to.Finish(), "template");

        Assert.Equal(template, NudgeTemplateCodec.Read(ref from));
        Assert.True(from.IsAtEnd);
    });

    [Fact]
    public void Read_NewerFormat_SaysSo()
    {
        var to = new PayloadWriter();
        to.Byte(2);
        var bytes = to.Finish();

        Assert.Contains("newer", Assert.Throws<StoreCorruptException>(() =>
        {
            var from = PayloadReader.Open(bytes, "template");
            NudgeTemplateCodec.Read(ref from);
        }).Message, StringComparison.Ordinal);
    }
}
