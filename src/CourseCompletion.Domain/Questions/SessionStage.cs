namespace CourseCompletion.Domain.Questions;

/// <summary>How far a live session has come. The numbers are stored and never reused.</summary>
public enum SessionStage : byte
{
    /// <summary>Its reminders lie ahead.</summary>
    Scheduled = 0,

    /// <summary>Learners were chosen and are being reminded.</summary>
    Reminding = 1,

    /// <summary>All of them were.</summary>
    Reminded = 2,

    /// <summary>It was moved or cancelled after learners were chosen: what still waits for the end of quiet hours is being closed.</summary>
    Withdrawing = 3,
}
