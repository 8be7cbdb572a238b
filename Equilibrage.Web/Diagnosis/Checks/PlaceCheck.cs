using System.Text.Json;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Web.Diagnosis.Checks;

/// <summary>Whether the exchange takes orders from here. A refusal is told and never evaded.</summary>
internal sealed class PlaceCheck : ICheck
{
    /// <inheritdoc/>
    public string Name => "region";

    /// <inheritdoc/>
    public bool Applies(Patient patient) => patient.Endpoints?.Geoblock is not null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Finding>> LookAsync(Examination examination, CancellationToken cancellation)
    {
        var sent = await examination.Transport.SendAsync(
            new() { Service = PolymarketService.Site, Method = "GET", Path = "/api/geoblock", IsRepeatable = true },
            cancellation);
        if (sent.Value is not { IsSuccess: true } reply)
            return [Unknown(sent.Error?.Message ?? $"status {sent.Value?.Status}")];
        try
        {
            var place = JsonSerializer.Deserialize(reply.Body.Span, PolymarketJson.Wire.GeoblockReply);
            var where = string.IsNullOrEmpty(place?.Country) ? "here" : $"{place.Country} {place.Region}".TrimEnd();
            return place is { IsBlocked: true }
                ? [Finding.Problem(
                    Name, $"The exchange takes no orders from {where}: only Sandbox and Paper mode can be used from "
                        + "this place.")]
                : [Finding.Fine(Name, $"The exchange takes orders from {where}.")];
        }
        catch (JsonException error)
        {
            return [Unknown(error.Message)];
        }
    }

    private Finding Unknown(string why) => Finding.Problem(
        Name, $"Whether the exchange takes orders from here could not be learned ({why}): try again later.");
}
