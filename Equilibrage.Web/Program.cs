using Equilibrage.Web.Components;
using Equilibrage.Web.Security;

var builder = WebApplication.CreateBuilder(args);
builder.AddWebSecurity(WebSecurityOptions.Read(builder.Configuration));
builder.Services.AddDashboard();

var app = builder.Build();
app.UseErrorPages();
app.UseWebSecurity();
app.MapDashboard();
await app.RunAsync();
