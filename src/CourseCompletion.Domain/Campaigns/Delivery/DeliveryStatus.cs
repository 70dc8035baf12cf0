namespace CourseCompletion.Domain.Campaigns.Delivery;

/// <summary>The ends of a delivery. The numbers are stored and never reused.</summary>
public enum DeliveryStatus : byte
{
    /// <summary>None yet.</summary>
    Unspecified = 0,

    /// <summary>The receiver has it.</summary>
    Delivered = 1,

    /// <summary>The receiver will never take it.</summary>
    Refused = 2,

    /// <summary>It was attempted as often and as long as the policy allows.</summary>
    GivenUp = 3,
}
