using Google.Protobuf;

namespace CourseCompletion.Transformers;

/// <summary>Writes a classifier of texts in the format and with the inputs of a real one (ONNX, BERT), so small that what it answers can be said beforehand: each word adds its weights to the classes' logits.</summary>
internal static class TinyTransformer
{
    private const int Float = 1;
    private const int Int64 = 7;
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Segments = "token_type_ids";

    // What every WordPiece vocabulary begins with: they weigh nothing.
    private static readonly string[] _special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>Writes <c>model.onnx</c> and <c>vocab.txt</c>.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="words">Lower-case words or Chinese characters, each with a weight a class; as many for each.</param>
    /// <param name="inputType">The type of the ids: 7 for 64-bit integers, as it should be.</param>
    /// <returns>The two files.</returns>
    public static (string Model, string Vocabulary) Write(string directory, IReadOnlyDictionary<string, float[]> words, int inputType = Int64)
    {
        var classes = words.First().Value.Length;
        string[] tokens = [.. _special, .. words.Keys];
        float[] weights = [.. new float[_special.Length * classes], .. words.Values.SelectMany(word => word)];
        var graph = Message(to =>
        {
            Node(to, "Gather", ["table", Ids], "embedded", ("axis", [0]));
            Node(to, "Cast", [Mask], "mask", ("to", [Float]));
            Node(to, "Unsqueeze", ["mask", "two"], "masks");
            Node(to, "Mul", ["embedded", "masks"], "masked");
            Node(to, "ReduceSum", ["masked", "one"], "logits", ("keepdims", [0]));
            Text(to, 2, "tiny");
            Part(to, 5, Message(tensor =>
            {
                Numbers(tensor, 1, tokens.Length, classes);
                Numbers(tensor, 2, Float);
                Text(tensor, 8, "table");
                Part(tensor, 9, ByteString.CopyFrom([.. weights.SelectMany(BitConverter.GetBytes)]));
            }));
            Axis(to, "one", 1);
            Axis(to, "two", 2);
            Value(to, 11, Ids, inputType, "batch", "tokens");
            Value(to, 11, Mask, Int64, "batch", "tokens");
            Value(to, 11, Segments, Int64, "batch", "tokens");
            Value(to, 12, "logits", Float, "batch", "classes");
        });
        var model = Message(to =>
        {
            Numbers(to, 1, 8);
            Part(to, 7, graph);
            Part(to, 8, Message(operators => Numbers(operators, 2, 17)));
        });
        var (modelFile, vocabularyFile) = (Path.Combine(directory, "model.onnx"), Path.Combine(directory, "vocab.txt"));
        File.WriteAllBytes(modelFile, model.ToByteArray());
        File.WriteAllLines(vocabularyFile, tokens);
        return (modelFile, vocabularyFile);
    }

    private static void Node(CodedOutputStream to, string type, string[] inputs, string output, params (string Name, long[] Value)[] attributes) => Part(to, 1, Message(node =>
    {
        foreach (var input in inputs)
        {
            Text(node, 1, input);
        }

        Text(node, 2, output);
        Text(node, 4, type);
        foreach (var (name, value) in attributes)
        {
            Part(node, 5, Message(attribute =>
            {
                Text(attribute, 1, name);
                Numbers(attribute, 3, value);
                Numbers(attribute, 20, 2);
            }));
        }
    }));

    private static void Axis(CodedOutputStream to, string name, long axis) => Part(to, 5, Message(tensor =>
    {
        Numbers(tensor, 1, 1);
        Numbers(tensor, 2, Int64);
        Text(tensor, 8, name);
        Part(tensor, 9, ByteString.CopyFrom(BitConverter.GetBytes(axis)));
    }));

    private static void Value(CodedOutputStream to, int field, string name, int type, params string[] dimensions) => Part(to, field, Message(value =>
    {
        Text(value, 1, name);
        Part(value, 2, Message(kind => Part(kind, 1, Message(tensor =>
        {
            Numbers(tensor, 1, type);
            Part(tensor, 2, Message(shape =>
            {
                foreach (var dimension in dimensions)
                {
                    Part(shape, 1, Message(size => Text(size, 2, dimension)));
                }
            }));
        }))));
    }));

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var to = new CodedOutputStream(bytes, leaveOpen: true))
        {
            write(to);
        }

        return ByteString.CopyFrom(bytes.ToArray());
    }

    private static void Part(CodedOutputStream to, int field, ByteString part)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteBytes(part);
    }

    private static void Text(CodedOutputStream to, int field, string text)
    {
        to.WriteTag(field, WireFormat.WireType.LengthDelimited);
        to.WriteString(text);
    }

    private static void Numbers(CodedOutputStream to, int field, params long[] numbers)
    {
        foreach (var number in numbers)
        {
            to.WriteTag(field, WireFormat.WireType.Varint);
            to.WriteInt64(number);
        }
    }
}
