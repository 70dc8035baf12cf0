using System.Runtime.InteropServices;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>The C interface of LightGBM 4 (c_api.h), from the library that comes with Microsoft.ML.LightGbm.</summary>
/// <remarks>Only what training needs. Every function returns 0 for success; <see cref="Check"/> turns anything else into an exception with the library's own words.</remarks>
internal static partial class LightGbmLibrary
{
    public const int Float32 = 0;
    public const int Float64 = 1;

    private const string Name = "lib_lightgbm";

    /// <summary>Throws what the library has to say about a call that failed.</summary>
    /// <exception cref="InvalidOperationException">The call failed.</exception>
    public static void Check(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"LightGBM: {Marshal.PtrToStringUTF8(GetLastError())}");
        }
    }

    [LibraryImport(Name, EntryPoint = "LGBM_DatasetCreateFromMat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int DatasetCreateFromMat(
        ReadOnlySpan<float> data, int type, int rows, int columns, int isRowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Name, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int DatasetSetField(nint dataset, string field, ReadOnlySpan<float> values, int count, int type);

    [LibraryImport(Name, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int DatasetSetField(nint dataset, string field, ReadOnlySpan<double> values, int count, int type);

    [LibraryImport(Name, EntryPoint = "LGBM_DatasetFree")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int DatasetFree(nint dataset);

    [LibraryImport(Name, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int BoosterCreate(nint dataset, string parameters, out nint booster);

    [LibraryImport(Name, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int BoosterUpdateOneIter(nint booster, out int isFinished);

    [LibraryImport(Name, EntryPoint = "LGBM_BoosterSaveModelToString")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int BoosterSaveModelToString(
        nint booster, int firstIteration, int iterations, int importanceType, long bufferBytes, out long bytes, Span<byte> text);

    [LibraryImport(Name, EntryPoint = "LGBM_BoosterFree")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    public static partial int BoosterFree(nint booster);

    [LibraryImport(Name, EntryPoint = "LGBM_GetLastError")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static partial nint GetLastError();
}
