package io.freshet.core.lifecycle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts services in the given order and closes them in reverse, even when one of them fails. */
public final class ServiceGroup implements AutoCloseable {

    private final List<Service> services;
    private final Deque<Service> opened = new ArrayDeque<>();
    private volatile boolean closing;
    private volatile @Nullable Thread starting;

    public ServiceGroup(List<? extends Service> services) {
        this.services = List.copyOf(services);
    }

    /**
     * Starts every service. When one fails, that one and those started before it are closed first. A group that is closed
     * from another thread meanwhile interrupts the start under way and starts no further service.
     *
     * @throws ServiceStartException naming the service that failed; failures to close are suppressed in it
     * @throws IllegalStateException if the group was started before
     */
    public synchronized void start() {
        if (!opened.isEmpty()) {
            throw new IllegalStateException("the services were started before; make a new group");
        }
        starting = Thread.currentThread();
        try {
            startAll();
        } finally {
            starting = null;
        }
    }

    private void startAll() {
        for (Service service : services) {
            if (closing) {
                return;
            }
            opened.push(service); // before its start: close also releases what a failed start left behind
            try {
                service.start();
            } catch (RuntimeException | LinkageError e) { // a native library that does not load is a LinkageError
                ServiceStartException failure = new ServiceStartException(service.name(), e);
                closeAll(failure);
                throw failure;
            }
        }
    }

    /** Returns what stopped the first service that stopped by itself, its name in the message; null while all are healthy. */
    public @Nullable ServiceFailedException failure() {
        for (Service service : services) {
            Throwable cause = service.failure();
            if (cause != null) {
                return new ServiceFailedException(service.name(), cause);
            }
        }
        return null;
    }

    /**
     * Closes every service that was started, the last one first.
     *
     * @throws ServiceStopException if any of them failed to close
     */
    @Override
    public void close() {
        closing = true;
        Thread underWay = starting;
        if (underWay != null && underWay != Thread.currentThread()) {
            underWay.interrupt(); // a start that waits for something would otherwise keep the process from ending
        }
        synchronized (this) {
            ServiceStopException failure = new ServiceStopException();
            closeAll(failure);
            if (failure.getSuppressed().length > 0) {
                throw failure;
            }
        }
    }

    private void closeAll(RuntimeException failure) {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (RuntimeException | LinkageError e) {
                failure.addSuppressed(e);
            }
        }
    }
}
