# Freshet in one image; the command says which service runs.
#   docker build --target cpu .     libtorch for CPU (the default)
#   docker build --target gpu .     libtorch for CUDA 12.4: 2.5 GB more
FROM maven:3.9-eclipse-temurin-17 AS sources
WORKDIR /src
COPY . .

FROM sources AS build-gpu
RUN mvn -q -B -Pgpu -DskipTests package && sh deploy/gather.sh /opt/freshet

FROM sources AS build-cpu
RUN mvn -q -B -DskipTests package && sh deploy/gather.sh /opt/freshet

# The driver comes from the host; the base brings CUDA's runtime library, by which DJL finds out that there is a GPU.
FROM nvidia/cuda:12.4.1-base-ubuntu22.04 AS gpu
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 openjdk-17-jre-headless \
    && rm -rf /var/lib/apt/lists/* \
    && ln -sf /usr/local/cuda/lib64/libcudart.so.12 /usr/lib/x86_64-linux-gnu/libcudart.so && ldconfig \
    && useradd --create-home freshet && mkdir -p /store /state /models && chown freshet /store /state /models
COPY --from=build-gpu /opt/freshet /opt/freshet
USER freshet
ENV PATH="/opt/freshet:${PATH}"
VOLUME ["/store", "/state", "/models"]
ENTRYPOINT ["freshet"]
CMD ["--help"]

FROM eclipse-temurin:17-jre AS cpu
# libtorch needs OpenMP's runtime; DJL unpacks it under the user's home.
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home freshet && mkdir -p /store /state /models && chown freshet /store /state /models
COPY --from=build-cpu /opt/freshet /opt/freshet
USER freshet
ENV PATH="/opt/freshet:${PATH}"
VOLUME ["/store", "/state", "/models"]
ENTRYPOINT ["freshet"]
CMD ["--help"]
