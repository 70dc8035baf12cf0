namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>What the dispatcher did with a nudge that it was offered.</summary>
internal enum OfferResult : byte
{
    /// <summary>It delivers it, and will report the end.</summary>
    Taken = 0,

    /// <summary>It has it already, and will report the end.</summary>
    AlreadyUnderWay = 1,

    /// <summary>It has no room, or the silo stops: the nudge is to be offered again.</summary>
    Dropped = 2,
}
