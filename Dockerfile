# The browser assets; the embedded PostgreSQL (an optional package) is not needed beside a database of one's own.
FROM node:22-slim AS assets
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
COPY --from=assets /source/node_modules node_modules
RUN dotnet publish Equilibrage.Web/Equilibrage.Web.csproj -c Release -p:RestoreLockedMode=true -o /published

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl libsecp256k1-1 \
    && rm -rf /var/lib/apt/lists/* \
    && mkdir /data \
    && chown "$APP_UID" /data
WORKDIR /app
COPY --from=build /published .
# The address comes from --bind and --port; the image's own default port must not add to it.
ENV ASPNETCORE_HTTP_PORTS=
USER $APP_UID
VOLUME /data
EXPOSE 5080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["curl", "--fail", "--silent", "--show-error", "--output", "/dev/null", "http://127.0.0.1:5080/health/live"]
# Any bind beyond loopback needs a token: EQUILIBRAGE_TOKEN.
ENTRYPOINT ["dotnet", "Equilibrage.Web.dll"]
CMD ["run", "--bind", "0.0.0.0", "--port", "5080", "--data", "/data"]
