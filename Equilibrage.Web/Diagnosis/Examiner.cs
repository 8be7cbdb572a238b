using Equilibrage.Polymarket.Signing;
using Equilibrage.Web.Custody;
using Equilibrage.Web.Diagnosis.Checks;
using Equilibrage.Web.Hosting;

namespace Equilibrage.Web.Diagnosis;

/// <summary>Looks at everything that has to be right before a desk trades, and changes nothing.</summary>
internal static class Examiner
{
    private const long LeastDisk = 1L << 30;
    private const long GoodDisk = 10L << 30;

    // The key comes before the wallet: it makes the exchange known to itself, and its own findings explain the others.
    private static readonly IReadOnlyList<ICheck> Checks =
    [
        new ClockCheck(), new PlaceCheck(), new ReachCheck(), new MarketCheck(), new KeyCheck(), new WalletCheck(),
        new AllowanceCheck(), new BalanceCheck(),
    ];

    /// <summary>Looks.</summary>
    public static async Task<DoctorReport> ExamineAsync(Patient patient, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(patient);
        List<Finding> findings = [.. await patient.Database(cancellation), Disk(patient.Data)];
        if (patient.Mode != DeskMode.Paper)
            findings.Add(Library());
        if (patient.Vault is { } vault)
            findings.AddRange(Wallet(vault, patient));
        if (patient.Endpoints is not null)
        {
            using var examination = new Examination(patient);
            foreach (var check in Checks.Where(check => check.Applies(patient)))
                findings.AddRange(await check.LookAsync(examination, cancellation));
        }

        var mode = patient.Mode.ToString().ToLowerInvariant();
        return new(mode, patient.Clock.GetUtcNow(), findings);
    }

    private static Finding Library() => Secp256k1.IsAvailable
        ? Finding.Fine("library", "libsecp256k1 is here, so that orders can be signed.")
        : Finding.Problem(
            "library", "Orders cannot be signed without libsecp256k1: sudo apt-get install libsecp256k1-1, or your "
                + "system's equivalent.");

    private static Finding Disk(string data)
    {
        var folder = Directory.Exists(data) ? data : Path.GetPathRoot(Path.GetFullPath(data))!;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var gigabytes = Math.Round(free / (double)(1L << 30), 1);
        return free switch
        {
            < LeastDisk => Finding.Problem(
                "disk", $"The disk of {data} has {gigabytes} GB left, and the journal must never stop: make room or "
                    + "move the folder."),
            < GoodDisk => Finding.Note("disk", $"The disk of {data} has {gigabytes} GB left."),
            _ => Finding.Fine("disk", $"The disk of {data} has {gigabytes} GB left."),
        };
    }

    private static IEnumerable<Finding> Wallet(Vault vault, Patient patient)
    {
        const string Name = "vault";
        if (!vault.Exists)
        {
            yield return Finding.Problem(
                Name, "There is no wallet yet: ./run.sh vault set, or the page Settings, takes a key or a seed "
                    + "phrase.");
            yield break;
        }

        yield return PrivateFile.IsPrivate(vault.Location)
            ? Finding.Fine(Name, "The vault is encrypted and its owner's alone.")
            : Finding.Problem(Name, $"Others may read {vault.Location}: chmod 600 it.");
        yield return patient.Signer is not null
            ? Finding.Fine(Name, "The vault opens.")
            : Finding.Problem(
                Name, "The vault is closed, so that key, permissions at the exchange and its figures were not looked "
                    + "at: open it, or give its passphrase when asked.");
    }
}
