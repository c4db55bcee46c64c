package io.freshet.core.store;

import io.freshet.core.config.S3Settings;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Opens a connection to S3 or a service that speaks it. */
final class S3Clients {

    private S3Clients() {}

    /** @throws IllegalArgumentException if endpoint or region are unusable, or no region is found */
    static S3Client connect(S3Settings settings) {
        try {
            return build(settings);
        } catch (SdkClientException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "no connection to S3 can be made with %s = '%s' and %s = '%s': %s"
                            .formatted(
                                    S3Settings.ENDPOINT,
                                    settings.endpoint().orElse(""),
                                    S3Settings.REGION,
                                    settings.region().orElse(""),
                                    e.getMessage()),
                    e);
        }
    }

    private static S3Client build(S3Settings settings) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .forcePathStyle(settings.pathStyle())
                // Our own SHA-256 is sent and verified; the extra trailers are not understood by every service.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        if (settings.credentials().isPresent()) {
            S3Settings.Credentials given = settings.credentials().get();
            builder.credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(given.accessKey(), given.secretKey())));
        } else {
            builder.credentialsProvider(DefaultCredentialsProvider.builder().build());
        }
        settings.endpoint().map(URI::create).ifPresent(builder::endpointOverride);
        if (settings.region().isPresent()) {
            builder.region(Region.of(settings.region().get()));
        } else if (settings.endpoint().isPresent()) {
            builder.region(Region.US_EAST_1);
        }
        return builder.build();
    }
}
