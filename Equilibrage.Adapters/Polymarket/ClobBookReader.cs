using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>Reads books with the order book's public calls.</summary>
internal sealed class ClobBookReader(ClobClient clob) : IBookReader
{
    public async Task<IReadOnlyList<PolledBook>?> ReadAsync(
        IReadOnlyList<TokenId> tokens, CancellationToken cancellation)
    {
        var answer = await clob.GetBooksAsync(tokens, cancellation);
        return answer.Value is not { } books ? null :
        [
            .. from book in books
               let time = book.Timestamp
               where time is not null
               select new PolledBook(time.GetValueOrDefault().ToUnixTimeMilliseconds(), book.ToSnapshot()),
        ];
    }
}
