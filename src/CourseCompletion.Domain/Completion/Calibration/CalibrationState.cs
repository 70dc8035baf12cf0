using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>What online calibration remembers: one slope, and an intercept for each course that labels were seen of. Changed by <see cref="CalibrationRules"/> only.</summary>
public sealed class CalibrationState
{
    private readonly Dictionary<CourseId, CourseCalibration> _byId = [];
    private readonly List<CourseCalibration> _courses = [];

    /// <summary>The slope, above 0.</summary>
    public double Slope { get; set; } = 1;

    /// <summary>Information about the slope; 0 before the first label.</summary>
    public double SlopeInformation { get; set; }

    /// <summary>The sum of weights of all labels learned from.</summary>
    public double LabelWeight { get; set; }

    /// <summary>How many labels and proxy labels were learned from.</summary>
    public long LabelCount { get; set; }

    /// <summary>Courses whose latest label came before this sum of weights no longer say anything about other courses; 0 unless drift was found.</summary>
    public double ForgottenBefore { get; set; }

    /// <summary>The proxy labels of courses that do not teach yet, in the order of their first ones.</summary>
    public OrderedDictionary<CourseId, CourseProxies> Proxies { get; } = [];

    /// <summary>What proxy labels say of completion.</summary>
    public ProxyMapping ProxyMapping { get; init; } = new();

    /// <summary>The courses, in the order of their first labels.</summary>
    public IReadOnlyList<CourseCalibration> Courses => _courses;

    /// <summary>The course, or null before its first label.</summary>
    public CourseCalibration? Find(CourseId course) => _byId.GetValueOrDefault(course);

    /// <summary>Adds a course that is not there yet.</summary>
    public void Add(CourseCalibration course)
    {
        _byId.Add(course.Course, course);
        _courses.Add(course);
    }

    /// <summary>Lets go of a course.</summary>
    public void Remove(CourseCalibration course)
    {
        _byId.Remove(course.Course);
        _courses.Remove(course);
    }
}
