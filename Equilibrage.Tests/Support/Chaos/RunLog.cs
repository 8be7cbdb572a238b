using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>What the processes of a run have logged, with their virtual time.</summary>
internal sealed class RunLog(Timeline time) : ILoggerFactory
{
    private readonly List<string> lines = [];

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Adds a line.</summary>
    public void Add(string line) =>
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"{time.Now:hh\\:mm\\:ss\\.fff} {line}"));

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName.Split('.')[^1]);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("The lines go into the report and nowhere else.");

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is open.
    }

    private sealed class Logger(RunLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Add($"{name}: {formatter(state, exception)}{(exception is null ? "" : $" {exception.Message}")}");
        }
    }
}
