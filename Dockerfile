# Pinned by its digest, so that a build can be repeated: Node 24.18. `docker buildx imagetools inspect node:24-bookworm-slim`
# tells the newest; renew it with every release, and at once after a fix of Node's or Debian's.
ARG NODE_IMAGE=node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY scripts ./scripts
COPY src ./src
COPY schema ./schema
# The bill of materials is dist/sbom.cdx.json. Source maps would carry the sources of others along, and no start reads them.
RUN npm run build && npm run sbom && npm prune --omit=dev --ignore-scripts \
 && find dist node_modules -name '*.map' -type f -delete

FROM ${NODE_IMAGE}
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=4000 \
    PAYAPI_DATA_DIR=/var/lib/payapi-graphql
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY schema ./schema
RUN install -d -m 700 -o node -g node /var/lib/payapi-graphql
USER node
VOLUME /var/lib/payapi-graphql
EXPOSE 4000
# Alive, not ready: a container must not be replaced because the database of its journal is away.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm: npm would not pass the signal on.
CMD ["node", "--max-semi-space-size=16", "dist/server/main.js"]
