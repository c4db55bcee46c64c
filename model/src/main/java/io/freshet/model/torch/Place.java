package io.freshet.model.torch;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import io.freshet.model.ModelException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model computes: the processor, or one CUDA device.
 *
 * @param device DJL's name of it
 */
record Place(Device device) {

    static final Place CPU = new Place(Device.cpu());

    private static final Pattern CUDA = Pattern.compile("cuda:(\\d{1,3})");

    /**
     * Returns the place of a setting: {@code cpu}, {@code cuda:N}, or {@code auto} for the first CUDA device where there
     * is one. libtorch itself is asked whether it can compute there.
     *
     * @throws ModelException if the setting is none of these, or the device cannot be used
     */
    static Place of(String setting) {
        if (setting.equals("cpu")) {
            return CPU;
        }
        if (setting.equals("auto")) {
            Place first = new Place(Device.gpu(0));
            return CudaProbe.fault(first).isEmpty() ? first : CPU;
        }
        Matcher cuda = CUDA.matcher(setting);
        if (!cuda.matches()) {
            throw new ModelException(
                    "device = %s is not auto, cpu or cuda:N; set for example cuda:0".formatted(setting));
        }
        Place place = new Place(Device.gpu(Integer.parseInt(cuda.group(1))));
        String fault = CudaProbe.fault(place);
        if (!fault.isEmpty()) {
            throw new ModelException(
                    "device = %s cannot be used (%s); build with the Maven profile gpu on a machine that has this device and its driver, or set device = cpu"
                            .formatted(setting, fault));
        }
        return place;
    }

    boolean isCuda() {
        return device.isGpu();
    }

    /** Returns libtorch's name of the place, such as {@code cuda:0}. */
    String name() {
        return isCuda() ? "cuda:" + device.getDeviceId() : "cpu";
    }

    /** Returns the number that padded lengths are a multiple of: CUDA's matrix units take 8 rows at once. */
    int lengthMultiple() {
        return isCuda() ? 8 : 1;
    }

    /** Whether bfloat16 is multiplied in hardware there. */
    boolean multipliesBf16() {
        return isCuda() ? CudaProbe.capability(device.getDeviceId()) >= 80 : Hardware.multipliesBf16();
    }

    /** Makes a manager whose tensors lie there. Never DJL's default device: that would be a GPU where there is one. */
    PtNDManager newManager() {
        return (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
    }
}
