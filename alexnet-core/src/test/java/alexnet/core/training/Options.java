package alexnet.core.training;

import alexnet.core.model.Entries;

/** Options of runs for tests, by their names in a checkpoint. */
public final class Options {

    private static final String PLAIN = """
            {"epochs": 3, "batch_size": 4, "lr": 0.01, "lr_scaling": "none", "lr_batch_size": 128, "bias_lr": 1, "lr_scheduler": "constant", "lr_step_size": 1, "lr_milestones": [], "lr_gamma": 0.1,
             "lr_warmup_epochs": 0, "momentum": 0.9, "weight_decay": 0.0005, "bias_wd": 1, "colour_noise": 0.1, "colour_noise_until": 0, "freeze": [], "lr_layer": [], "lrn_n": 5,
             "lrn_alpha": 0.0001, "lrn_alpha_over_n": false, "lrn_beta": 0.75, "lrn_k": 2, "initialization": "kaiming", "init_bias": 0, "seed": 1,
             "limit_batches": 0, "validate_every": "1e", "patience": 0, "convolution": "auto"}""";

    private Options() {
    }

    /** Plain ones but for these. */
    public static TrainingOptions of(String json) {
        return over(Entries.record(Entries.constant(PLAIN), TrainingOptions.class), json);
    }

    /** Others but for these. */
    public static TrainingOptions over(TrainingOptions base, String json) {
        return Entries.record(Entries.tree(base).setAll(Entries.constant(json)), TrainingOptions.class);
    }
}
