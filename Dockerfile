# The sidecar of argocd-repo-server: appdeploy, Git and Argo CD's plugin file. It runs as user 999 with
# a read-only root; deploy/argocd mounts what is written, /tmp. It is an image of the command line, too:
#   docker run --rm --volume "$PWD:/src:ro" --workdir /src IMAGE appdeploy check
ARG NODE_VERSION=22

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:${NODE_VERSION}-bookworm-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm --recursive --force /var/lib/apt/lists/* \
  # The image reads one repo, which belongs to whoever mounted it.
  && git config --system --add safe.directory '*' \
  && groupadd --gid 999 argocd \
  && useradd --uid 999 --gid 999 --home-dir /home/argocd --no-create-home argocd
WORKDIR /opt/appdeploy
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/assets ./assets
COPY --from=build /build/definitions ./definitions
COPY --from=build /build/dist ./dist
# Where argocd-cmp-server looks for it.
COPY plugin.yaml /home/argocd/cmp-server/config/plugin.yaml
RUN ln --symbolic /opt/appdeploy/dist/cli.js /usr/local/bin/appdeploy
USER 999:999
WORKDIR /home/argocd
CMD ["appdeploy", "--help"]
