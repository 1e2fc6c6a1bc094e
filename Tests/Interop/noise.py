"""Writes a language model of no sense: small, whole, and made of noise."""
import sys
import gguf, numpy

noise = numpy.random.default_rng(7)
vocabulary = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)] + [chr(c) for c in range(33, 127)] + ["▁"]
kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL] + [gguf.TokenType.BYTE] * 256 + [gguf.TokenType.NORMAL] * 95
width, inner, heads = 64, 128, 2
out = gguf.GGUFWriter(sys.argv[1], "llama")
out.add_context_length(8192)
out.add_embedding_length(width)
out.add_block_count(1)
out.add_feed_forward_length(inner)
out.add_head_count(heads)
out.add_head_count_kv(heads)
out.add_layer_norm_rms_eps(1e-5)
out.add_rope_dimension_count(width // heads)
out.add_vocab_size(len(vocabulary))
out.add_tokenizer_model("llama")
out.add_token_list(vocabulary)
out.add_token_scores([0.0] * len(vocabulary))
out.add_token_types(kinds)
out.add_bos_token_id(1)
out.add_eos_token_id(2)

def tensor(name, *shape):
    out.add_tensor(name, (noise.standard_normal(shape) * 0.3).astype(numpy.float32))

tensor("token_embd.weight", len(vocabulary), width)
tensor("output.weight", len(vocabulary), width)
out.add_tensor("output_norm.weight", numpy.ones(width, numpy.float32))
for name in ("attn_norm", "ffn_norm"):
    out.add_tensor(f"blk.0.{name}.weight", numpy.ones(width, numpy.float32))
for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
    tensor(f"blk.0.{name}.weight", width, width)
tensor("blk.0.ffn_gate.weight", inner, width)
tensor("blk.0.ffn_up.weight", inner, width)
tensor("blk.0.ffn_down.weight", width, inner)
out.write_header_to_file()
out.write_kv_data_to_file()
out.write_tensors_to_file()
out.close()
