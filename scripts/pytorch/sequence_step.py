#!/usr/bin/env python3
"""The same training step as Konomi's head in sequence, in PyTorch: what `./konomi bench training --python` compares with.

Measured with torch 2.10.0 (the version of the libtorch that Konomi uses) and numpy 2.x:

    python3 -m venv venv && venv/bin/pip install torch==2.10.0 numpy

Reads weights, batches and settings from a safetensors file and takes turns with the process that started it: for each
line "N" on its input it takes N steps and answers with one line of JSON, {"losses": […], "wall": […], "cpu": […]}, in
nanoseconds a step. One thread.
"""

import json
import struct
import sys
import time

import numpy
import torch
from torch.nn import functional as F

TYPES = {"F32": numpy.float32, "I64": numpy.int64}
ROTARY_BASE = 10_000
EPSILON = 1e-5
SMALLEST_WEIGHT = 1e-3
DISLIKED, LIKED = 0, 1


def read(path):
    """Settings and arrays of a safetensors file."""
    content = open(path, "rb").read()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    settings = header.pop("__metadata__")
    body = memoryview(content)[8 + length :]
    arrays = {}
    for name, entry in header.items():
        start, end = entry["data_offsets"]
        arrays[name] = numpy.frombuffer(body[start:end], TYPES[entry["dtype"]]).reshape(entry["shape"]).copy()
    return settings, arrays


class SequenceModel(torch.nn.Module):
    """Item tokens, labels and questions through a Llama-style decoder, without preference tokens (stage one)."""

    def __init__(self, settings, weights):
        super().__init__()
        self.width = int(settings["width"])
        self.layers = int(settings["layers"])
        self.heads = int(settings["heads"])
        self.kv_heads = int(settings["kvHeads"])
        self.hidden = int(settings["hidden"])
        self.head_width = self.width // self.heads
        self.names = {name: name.replace(".", "_") for name in weights}
        for name, value in weights.items():
            self.register_parameter(self.names[name], torch.nn.Parameter(torch.from_numpy(value)))
        pairs = torch.arange(self.head_width // 2, dtype=torch.float64)
        self.frequencies = (ROTARY_BASE ** (-2.0 * pairs / self.head_width)).float()

    def forward(self, whitened, batch):
        w = {name: getattr(self, attribute) for name, attribute in self.names.items()}
        unique = batch["items"].shape[0]
        some = whitened.index_select(0, batch["items"])
        image = F.linear(some[:, 0], w["connector.image"], w["connector.image.bias"])
        text = F.linear(some[:, 1], w["connector.text"], w["connector.text.bias"])
        seen = (torch.stack((image, text), 1) - w["connector.absent"]) * batch["present"] + w["connector.absent"]
        carried = F.linear(seen.view(unique, 2 * self.width), w["connector.carry"])
        labels = (
            w["label"].index_select(0, batch["liked"])
            + w["label.gate"].index_select(0, batch["liked"]) * carried.index_select(0, batch["labelled"])
            + w["label.compared"].index_select(0, batch["compared"])
            + w["label.gap"].index_select(0, batch["gap"])
            + batch["weight"].clamp_min(SMALLEST_WEIGHT).log() * w["label.weight"]
        )
        pooled = batch["signed"] @ carried
        known = pooled * (pooled.square().mean(-1, keepdim=True) + 1).rsqrt()
        gates = F.linear(known, w["question.focus"]).index_select(0, batch["block"]) + 1
        questions = (
            w["question.now"].index_select(0, batch["now"])
            + w["question"]
            + F.linear(known, w["question.history"]).index_select(0, batch["block"])
            + carried.index_select(0, batch["asked"]) * gates
        )
        table = torch.cat((seen.view(2 * unique, self.width), labels, questions, seen.new_zeros(1, self.width)))
        sequences, length = batch["positions"].shape
        x = table.index_select(0, batch["index"]).view(sequences, length, self.width)
        states = self.decoder(w, x, batch["positions"], batch["mask"].unsqueeze(1))
        read = states.view(sequences * length, self.width).index_select(0, batch["reads"])
        return F.linear(read, w["head"], w["head.bias"])

    def decoder(self, w, x, positions, mask):
        sequences, length, width = x.shape
        angles = positions[:, :, None, None] * self.frequencies
        cos, sin = angles.cos(), angles.sin()
        both = self.heads + self.kv_heads
        for layer in range(self.layers):
            name = f"decoder.{layer}."
            normed = F.rms_norm(x, (width,), w[name + "attentionNorm"], EPSILON)
            qkv = F.linear(normed, w[name + "qkv"]).view(sequences, length, both + self.kv_heads, self.head_width)
            turned, value = qkv.split((both, self.kv_heads), 2)
            first, second = turned.chunk(2, -1)
            turned = torch.cat((first * cos - second * sin, second * cos + first * sin), -1)
            query, key = turned.split((self.heads, self.kv_heads), 2)
            mixed = F.scaled_dot_product_attention(
                query.transpose(1, 2),
                key.transpose(1, 2),
                value.transpose(1, 2),
                attn_mask=mask,
                enable_gqa=True,
            )
            x = x + F.linear(mixed.transpose(1, 2).reshape(sequences, length, width), w[name + "out"])
            normed = F.rms_norm(x, (width,), w[name + "mlpNorm"], EPSILON)
            gate, up = F.linear(normed, w[name + "gateUp"]).chunk(2, -1)
            x = x + F.linear(F.silu(gate) * up, w[name + "down"])
        return F.rms_norm(x, (width,), w["decoder.norm"], EPSILON)


def loss_of(logits, batch, contrast):
    """L_base + λ L_CP (arXiv 2508.08220)."""
    total = batch["total"]
    base = -(F.log_softmax(logits, -1) * batch["right"]).sum() / total
    lead = logits.index_select(0, batch["chosen"]) - logits.index_select(0, batch["rejected"])
    pairs = F.logsigmoid(lead[:, LIKED]) + F.logsigmoid(-lead[:, DISLIKED])
    return base - contrast / total * (pairs * batch["pairs"]).sum()


def main():
    torch.set_num_threads(1)
    settings, arrays = read(sys.argv[1])
    weights = {name.removeprefix("weight."): value for name, value in arrays.items() if name.startswith("weight.")}
    model = SequenceModel(settings, weights)
    whitened = torch.from_numpy(arrays["whitened"])
    batches = []
    for number in range(int(settings["batches"])):
        prefix = f"batch.{number}."
        batch = {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}
        batches.append(batch)
    optimizer = torch.optim.AdamW(
        model.parameters(),
        lr=float(settings["rate"]),
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=float(settings["decay"]),
        fused=True,
    )
    longest = float(settings["longestGradient"])
    contrast = float(settings["contrast"])
    done = 0

    def step(arrays):
        batch = {name: torch.from_numpy(value) for name, value in arrays.items() if name != "total"}
        batch["total"] = float(arrays["total"][0])
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(whitened, batch), batch, contrast)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), longest)
        optimizer.step()
        return loss.item()

    print(json.dumps({"torch": torch.__version__}), flush=True)
    for line in sys.stdin:
        losses, wall, cpu = [], [], []
        for _ in range(int(line)):
            wall_before, cpu_before = time.perf_counter_ns(), time.thread_time_ns()
            losses.append(step(batches[done % len(batches)]))
            wall.append(time.perf_counter_ns() - wall_before)
            cpu.append(time.thread_time_ns() - cpu_before)
            done += 1
        print(json.dumps({"losses": losses, "wall": wall, "cpu": cpu}), flush=True)


if __name__ == "__main__":
    main()
