namespace Equilibrage.Web.Hosting;

/// <summary>The practice exchange cannot be run by this process; the message says what to do.</summary>
internal sealed class PracticeHostException(string message) : Exception(message);
