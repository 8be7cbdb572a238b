namespace Equilibrage.Sandbox.Universe;

/// <summary>
/// Names for invented questions. People, clubs, companies and films do not exist; cities and coins do.
/// </summary>
internal static class InventedNames
{
    public static IReadOnlyList<string> Teams { get; } =
    [
        "Harbour City", "Northgate Rovers", "Alder Vale", "Kestrel United", "Saltmarsh Town", "Old Mill Athletic",
        "Redwater Foxes", "Lakeside Royals", "Granite Peak", "Silver Coast", "Ironbridge", "Westmoor Albion",
        "Amber Falls", "Copper Canyon", "Riverton Wolves", "Stonehaven", "Blue Mesa", "Cedar Point Comets",
        "Windmere", "Eastport Mariners", "Thornfield", "High Plains Bison", "Juniper Bay", "Falcon Ridge",
        "Marble Arch FC", "Oakhurst", "Pinecrest Owls", "Sunfield Suns", "Twin Rivers", "Valley Forge Kings",
        "Whitecliff", "Yarrow County", "Brightwater", "Cobalt Esports", "Nightjar Gaming", "Paper Lanterns",
        "Static Bloom", "Tidal Five", "Ember Squad", "Glass Harbor",
    ];

    public static IReadOnlyList<string> People { get; } =
    [
        "Adela Marsh", "Bruno Halvard", "Celia Okonjo", "Dario Finch", "Elin Sorrel", "Faris Quill", "Greta Lindqvar",
        "Hugo Pemberly", "Ines Caldera", "Jonas Wray", "Kira Vantongeren", "Leon Ashdown", "Mira Tolland",
        "Nils Overbeck", "Odile Farrow", "Pavel Strand", "Quentin Marlowe", "Rosa Delacourt", "Stefan Brandl",
        "Tamsin Hale", "Ugo Ferrante", "Vera Lockwood", "Wim Castellan", "Yara Benning",
    ];

    public static IReadOnlyList<string> Places { get; } =
    [
        "Westland", "Port Alder", "Northmark", "Verland", "San Tobal", "Eastern Marches",
        "Kesterly", "Upper Dale", "Marrow Islands", "New Halden",
    ];

    public static IReadOnlyList<string> Companies { get; } =
    [
        "Aldergrove Software (ALDG)", "Brightforge Motors (BFMO)", "Cindercone Energy (CNDR)", "Deepwell Bank (DPWL)",
        "Everline Foods (EVLN)", "Fathom Devices (FTHM)", "Gullwing Air (GLWG)", "Halcyon Health (HLCY)",
    ];

    public static IReadOnlyList<string> Coins { get; } = ["Bitcoin", "Ethereum", "Solana", "XRP"];

    public static IReadOnlyList<string> Films { get; } =
        ["The Salt Road", "Paper Moons", "Second Harvest", "A Quiet Signal", "Kilometre Zero", "The Glass Orchard"];

    public static IReadOnlyList<string> Cities { get; } =
        ["Lisbon", "Toronto", "Nairobi", "Seoul", "Denver", "Warsaw", "Auckland", "Santiago"];

    public static IReadOnlyList<string> Cups { get; } =
        ["Continental Cup", "Coastal Open", "Grand Circuit", "Autumn Major", "Highland Shield", "Masters Invitational"];
}
