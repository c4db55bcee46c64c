package io.freshet.core.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Starts services in the given order and closes the started ones in reverse, even when one of them fails. */
public final class ServiceGroup implements AutoCloseable {

    private final List<Service> services;
    private final Deque<Service> started = new ArrayDeque<>();

    public ServiceGroup(List<? extends Service> services) {
        this.services = List.copyOf(services);
    }

    /**
     * Starts every service.
     *
     * @throws ServiceStartException naming the service that failed; those already started are closed first
     */
    public synchronized void start() {
        for (Service service : services) {
            try {
                service.start();
                started.push(service);
            } catch (RuntimeException e) {
                ServiceStartException failure = new ServiceStartException(service.name(), e);
                closeAll(failure);
                throw failure;
            }
        }
    }

    @Override
    public synchronized void close() {
        ServiceStopException failure = new ServiceStopException();
        closeAll(failure);
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    private void closeAll(RuntimeException failure) {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
