using Equilibrage.Web.Components;
using Equilibrage.Web.Security;

var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddWebSecurity(WebSecurityOptions.Read(builder.Configuration));
builder.AddDashboard();

var app = builder.Build();
app.UseErrorPages();
app.UseWebSecurity();
app.MapDashboard();
await app.RunAsync();
