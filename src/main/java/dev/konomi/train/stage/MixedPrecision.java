package dev.konomi.train.stage;

import static org.bytedeco.pytorch.global.torch.clear_cache;
import static org.bytedeco.pytorch.global.torch.get_autocast_dtype;
import static org.bytedeco.pytorch.global.torch.is_autocast_enabled;
import static org.bytedeco.pytorch.global.torch.set_autocast_dtype;
import static org.bytedeco.pytorch.global.torch.set_autocast_enabled;

import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// While it is open, this thread computes products of matrices and attention in bf16, as
/// libtorch's autocast lists have it; sums, norms, the residual stream and whatever meets an f32
/// tensor stay f32. Weights, gradients and the optimizer's state are f32 throughout. Bf16 reaches
/// as far as f32, so that losses need no scaling (Kalamkar et al., arXiv 1905.12322).
final class MixedPrecision implements AutoCloseable {
    private final DeviceType device;
    private final boolean enabledBefore;
    private final ScalarType typeBefore;

    private MixedPrecision(DeviceType device) {
        this.device = device;
        enabledBefore = is_autocast_enabled(device);
        typeBefore = get_autocast_dtype(device);
        set_autocast_dtype(device, ScalarType.BFloat16);
        set_autocast_enabled(device, true);
    }

    /// @param device whose tensors are cast
    static MixedPrecision on(DeviceType device) {
        return new MixedPrecision(device);
    }

    /// Weights that were cast are forgotten: the next step has others.
    @Override
    public void close() {
        clear_cache();
        set_autocast_enabled(device, enabledBefore);
        set_autocast_dtype(device, typeBefore);
    }
}
