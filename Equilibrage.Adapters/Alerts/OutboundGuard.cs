using System.Net;
using System.Net.Sockets;

namespace Equilibrage.Adapters.Alerts;

/// <summary>
/// Where alerts may go: public addresses over HTTPS. A name is judged by every address it stands for at the moment of
/// connecting, so that it cannot be pointed inside afterwards. Redirects are not followed.
/// </summary>
internal sealed class OutboundGuard(bool allowsLoopback)
{
    private const int LongestAddress = 500;

    /// <summary>What is wrong with an address; null when it may be used.</summary>
    public string? Check(string text, out Uri address)
    {
        if (text.Length > LongestAddress || !Uri.TryCreate(text, UriKind.Absolute, out var parsed))
        {
            address = new Uri("https://invalid");
            return "must be an address such as https://example.com/hook, at most 500 characters.";
        }

        address = parsed;
        if (parsed.UserInfo.Length > 0)
            return "must not carry a user name or password.";
        var isLoopback = parsed.IsLoopback && allowsLoopback;
        if (parsed.Scheme != Uri.UriSchemeHttps && !(isLoopback && parsed.Scheme == Uri.UriSchemeHttp))
            return "must begin with https://.";
        return IPAddress.TryParse(parsed.Host.Trim('[', ']'), out var literal) && !Allows(literal)
            ? "must not be an address of this machine or of a private network."
            : null;
    }

    /// <summary>True for addresses of the public internet, and of this machine where that is allowed.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain))
            return allowsLoopback;
        return plain.AddressFamily == AddressFamily.InterNetwork ? IsPublic4(plain) : IsPublic6(plain);
    }

    /// <summary>A client that connects nowhere else.</summary>
    public HttpClient Client(TimeSpan patience) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxConnectionsPerServer = 2,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = patience,
        MaxResponseHeadersLength = 16,
        ConnectCallback = ConnectAsync,
    })
    {
        Timeout = patience,
        MaxResponseContentBufferSize = 64 * 1024,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(host.Host, cancellation);
        if (addresses.Length == 0 || !addresses.All(Allows))
            throw new HttpRequestException("The address leads into this machine or a private network.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsPublic4(IPAddress address)
    {
        var part = address.GetAddressBytes();
        return (part[0], part[1], part[2]) switch
        {
            (0 or 10 or 127, _, _) => false,
            (100, >= 64 and < 128, _) => false,
            (169, 254, _) or (192, 168, _) => false,
            (172, >= 16 and < 32, _) => false,
            (192, 0, 0 or 2) or (192, 88, 99) => false,
            (198, 18 or 19, _) or (198, 51, 100) or (203, 0, 113) => false,
            ( >= 224, _, _) => false,
            _ => true,
        };
    }

    private static bool IsPublic6(IPAddress address)
    {
        var part = address.GetAddressBytes();
        // 2000::/3 is the public part; of it, tunnels and documentation lead elsewhere.
        var isGlobal = (part[0] & 0xE0) == 0x20;
        var isTunnel = (part[0], part[1]) is (0x20, 0x02) || (part[0], part[1], part[2], part[3]) is (0x20, 0x01, 0, 0);
        var isExample = (part[0], part[1], part[2], part[3]) is (0x20, 0x01, 0x0D, 0xB8);
        return isGlobal && !isTunnel && !isExample;
    }
}
