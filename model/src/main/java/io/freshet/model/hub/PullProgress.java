package io.freshet.model.hub;

import java.time.Duration;

/** Who is told how a pull goes on. Called on the thread that pulls. */
public interface PullProgress {

    /**
     * Says where it stands.
     *
     * @param file which is fetched
     * @param done bytes of all files that are here
     * @param total bytes of all files
     */
    void at(String file, long done, long total);

    /**
     * Says that a request failed and will be made again.
     *
     * @param why for people
     * @param pause until then
     */
    void again(String why, Duration pause);
}
