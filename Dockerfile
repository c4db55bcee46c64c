# Freshet in one image; the command says which service runs.
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN mvn -q -B -DskipTests package \
    && mkdir -p /opt/freshet/cli/target /opt/freshet/lib \
    && tr ':' '\n' < cli/target/classpath | while read -r entry || [ -n "$entry" ]; do \
         if [ -d "$entry" ]; then jar --create --file "/opt/freshet/lib/$(echo "$entry" | tr '/' '_').jar" -C "$entry" .; \
         else cp "$entry" /opt/freshet/lib/; fi; done \
    && echo '/opt/freshet/lib/*' > /opt/freshet/cli/target/classpath \
    && cp freshet LICENSE NOTICE /opt/freshet/

FROM eclipse-temurin:17-jre
# libtorch needs OpenMP's runtime; DJL unpacks it under the user's home.
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home freshet && mkdir -p /store /state /models && chown freshet /store /state /models
COPY --from=build /opt/freshet /opt/freshet
USER freshet
ENV PATH="/opt/freshet:${PATH}"
VOLUME ["/store", "/state", "/models"]
ENTRYPOINT ["freshet"]
CMD ["--help"]
