"""A server on loopback that takes apart every request with the types of the vendors' own libraries, and answers from them.

    judge.py PORT_FILE      writes its port there; GET /findings tells what was wrong with what it was sent
"""
import json
import sys
import threading
import typing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import typing_extensions
from anthropic.types.message_create_params import MessageCreateParamsStreaming
from anthropic.types.raw_message_stream_event import RawMessageStreamEvent
from google.genai import types as google
from openai.types.chat import ChatCompletionChunk
from openai.types.chat.completion_create_params import CompletionCreateParamsStreaming
from openai.types.responses import ResponseStreamEvent
from openai.types.responses.response_create_params import ResponseCreateParamsStreaming
from pydantic import BaseModel, TypeAdapter

# -- A value against a type, as strictly as the type can be read: no key that it does not name, no coercion.

NONE = type(None)


def faults(value, kind, place="$"):
    kind = typing_extensions.get_origin(kind) in (typing.Annotated,) and typing_extensions.get_args(kind)[0] or kind
    origin, arguments = typing_extensions.get_origin(kind), typing_extensions.get_args(kind)
    if origin in (typing_extensions.Required, typing_extensions.NotRequired, typing.Annotated):
        return faults(value, arguments[0], place)
    if kind in (object, typing.Any):
        return []
    if isinstance(kind, typing_extensions.TypeAliasType):
        return faults(value, kind.__value__, place)
    if origin in (typing.Union, getattr(__import__("types"), "UnionType", None)):
        tries = [faults(value, one, place) for one in arguments]
        if any(not found for found in tries):
            return []
        # Of what it could have been, what it is most like.
        return min(tries, key=lambda found: (-max((one.count(".") + one.count("[") for one in found), default=0), len(found)))
    if origin is typing.Literal:
        return [] if value in arguments else [f"{place}: {value!r:.60} is none of {arguments}"]
    if typing_extensions.is_typeddict(kind):
        if not isinstance(value, dict):
            return [f"{place}: {value!r:.60} is no {kind.__name__}"]
        hints = typing_extensions.get_type_hints(kind, include_extras=True)
        found = [f"{place}.{key}: not in {kind.__name__}" for key in value if key not in hints]
        found += [f"{place}.{key}: missing in {kind.__name__}" for key in kind.__required_keys__ if key not in value]
        for key, item in value.items():
            if key in hints:
                found += faults(item, hints[key], f"{place}.{key}")
        return found
    if origin in (list, typing.Iterable, typing.Sequence) or str(origin).startswith("<class 'collections.abc."):
        if origin in (dict, typing.Mapping) or len(arguments) == 2:
            return mapping(value, arguments, place)
        if not isinstance(value, list):
            return [f"{place}: {value!r:.60} is no list"]
        return [one for index, item in enumerate(value) for one in faults(item, arguments[0], f"{place}[{index}]")]
    if origin in (dict, typing.Mapping):
        return mapping(value, arguments, place)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        try:
            kind.model_validate(value)
            return []
        except ValueError as error:
            return [f"{place}: {str(error).splitlines()[0]:.200}"]
    if kind is float:
        return [] if isinstance(value, (int, float)) and not isinstance(value, bool) else [f"{place}: no number"]
    if kind is int:
        return [] if isinstance(value, int) and not isinstance(value, bool) else [f"{place}: no whole number"]
    if kind in (str, bool, NONE) or kind is None:
        wanted = NONE if kind is None else kind
        return [] if isinstance(value, wanted) else [f"{place}: {value!r:.60} is no {wanted.__name__}"]
    if isinstance(kind, type):
        # A file, bytes: nothing of the kind is sent as JSON.
        return [] if isinstance(value, kind) else [f"{place}: {value!r:.60} is no {kind.__name__}"]
    return [f"{place}: the judge does not know the type {kind}"]


def mapping(value, arguments, place):
    if not isinstance(value, dict):
        return [f"{place}: {value!r:.60} is no object"]
    return [one for key, item in value.items() for one in faults(item, arguments[1], f"{place}.{key}")]


# -- What the types can't say, and servers refuse all the same.


def conversation(turns, place):
    """Calls and results of one conversation: `("call", id)`, `("result", id)`, `("turn", role)` in their order."""
    found, waiting, seen = [], [], set()
    for kind, name in turns:
        if kind == "call":
            if name in seen:
                found.append(f"{place}: the call {name} stands twice")
            seen.add(name)
            waiting.append(name)
        elif kind == "result":
            if name not in waiting:
                found.append(f"{place}: a result of {name}, which nobody waits for")
            else:
                waiting.remove(name)
        elif waiting:
            found.append(f"{place}: {name} speaks while {waiting} wait for their results")
            waiting = []
    if waiting:
        found.append(f"{place}: {waiting} never get their results")
    return found


# Where servers that are not OpenAI's leave thoughts, and want them back: not in OpenAI's types.
THOUGHTS = ("reasoning_content", "reasoning", "reasoning_text", "reasoning_details")


def completions(body, headers, path):
    for message in body.get("messages", []):
        for field in THOUGHTS:
            if message["role"] == "assistant":
                message.pop(field, None)
    found = faults(body, CompletionCreateParamsStreaming)
    turns = []
    for message in body.get("messages", []):
        if message["role"] == "tool":
            turns.append(("result", message["tool_call_id"]))
            continue
        turns.append(("turn", message["role"]))
        for call in message.get("tool_calls") or []:
            turns.append(("call", call["id"]))
            if len(call["id"]) > 40:
                found.append(f"the id {call['id']} has more than 40 letters")
            if not isinstance(json.loads(call["function"]["arguments"]), dict):
                found.append("arguments that are no object")
        if message["role"] == "assistant" and not message.get("content") and not message.get("tool_calls"):
            found.append("an answer that is nothing")
    return found + conversation(turns, "messages")


def responses(body, headers, path):
    found = faults(body, ResponseCreateParamsStreaming)
    turns = []
    names = [item["id"] for item in body.get("input", []) if item.get("id")]
    found += [f"the item {name} stands twice" for name in set(names) if names.count(name) > 1]
    for item in body.get("input", []):
        if item.get("type") == "function_call":
            turns.append(("call", item["call_id"]))
            if item.get("id") and not item["id"].startswith("fc_"):
                found.append(f"the item {item['id']} is no fc_")
            if len(item["call_id"]) > 64 or len(item.get("id") or "") > 64:
                found.append("an id of more than 64 letters")
        elif item.get("type") == "function_call_output":
            turns.append(("result", item["call_id"]))
        elif item.get("type") != "reasoning" and item.get("role") != "assistant":
            turns.append(("turn", item.get("role")))
    return found + conversation(turns, "input")


def messages(body, headers, path):
    # The older version's fields are not in the types of the newer one.
    old = headers.get("anthropic-version") == "2023-06-01"
    body = {key: value for key, value in body.items() if not (old and key in ("temperature", "top_p", "top_k"))}
    found = faults(body, MessageCreateParamsStreaming)
    if headers.get("anthropic-version") not in ("2023-06-01", "2026-10-21"):
        found.append("no version")
    turns, before = [], None
    for message in body.get("messages", []):
        if message["role"] == before:
            found.append(f"two turns of {before}")
        before = message["role"]
        if not message["content"]:
            found.append("an empty turn")
        results_ended = False
        for block in message["content"]:
            if block["type"] == "text" and not block["text"].strip():
                found.append("a blank text")
            if block["type"] == "tool_result":
                turns.append(("result", block["tool_use_id"]))
                if results_ended:
                    found.append("a result after something else")
                for part in block.get("content") or []:
                    if part["type"] == "text" and not part["text"].strip():
                        found.append("a blank result")
            else:
                results_ended = True
                if message["role"] != "assistant":
                    turns.append(("turn", message["role"]))
            if block["type"] == "tool_use":
                turns.append(("call", block["id"]))
    if body.get("messages") and body["messages"][0]["role"] != "user":
        found.append("the first turn is not the user's")
    thinking = body.get("thinking") or {}
    if thinking.get("type") == "enabled" and thinking["budget_tokens"] >= body["max_tokens"]:
        found.append("a budget that leaves nothing for the answer")
    return found + conversation(turns, "messages")


GOOGLE = {
    "contents": list[google.Content], "systemInstruction": google.Content, "tools": list[google.Tool],
    "toolConfig": google.ToolConfig, "generationConfig": google.GenerationConfig,
}


def gemini(body, headers, path):
    found = [] if "alt=sse" in path else ["no alt=sse"]
    for key, value in body.items():
        if key not in GOOGLE:
            found.append(f"{key}: no such field")
            continue
        try:
            TypeAdapter(GOOGLE[key]).validate_python(value)
        except ValueError as error:
            found += [f"{key}: {line:.200}" for line in str(error).splitlines()[:3]]
    before, open_calls = None, []
    for content in body.get("contents", []):
        if content["role"] == before:
            found.append(f"two turns of {before}")
        before = content["role"]
        calls = [part["functionCall"]["name"] for part in content["parts"] if "functionCall" in part]
        results = [part["functionResponse"]["name"] for part in content["parts"] if "functionResponse" in part]
        if open_calls and results != open_calls:
            found.append(f"the calls {open_calls} and then the results {results}")
        if results and not open_calls:
            found.append(f"the results {results} without calls")
        open_calls = calls
    if open_calls:
        found.append(f"{open_calls} never get their results")
    if body.get("contents") and body["contents"][0]["role"] != "user":
        found.append("the first turn is not the user's")
    return found


# -- Answers: what a model would say, written by the vendors' types.


def event(name, body):
    return (f"event: {name}\n" if name else "") + f"data: {json.dumps(body)}\n\n"


def checked(kind, bodies):
    adapter = TypeAdapter(kind)
    for body in bodies:
        adapter.validate_python(body)
    return bodies


def completions_answer():
    def chunk(delta, finish=None, usage=None):
        return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "usage": usage,
                "choices": [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]}
    chunks = checked(ChatCompletionChunk, [
        chunk({"role": "assistant", "content": ""}), chunk({"content": "Hel"}), chunk({"content": "lo"}),
        chunk({"tool_calls": [{"index": 0, "id": "call_1", "type": "function", "function": {"name": "f", "arguments": ""}}]}),
        chunk({"tool_calls": [{"index": 0, "function": {"arguments": "{\"x\":"}}]}),
        chunk({"tool_calls": [{"index": 0, "function": {"arguments": "1}"}}]}), chunk({}, "tool_calls"),
        chunk(None, usage={"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}),
    ])
    return "".join(event(None, one) for one in chunks) + "data: [DONE]\n\n"


def responses_answer():
    text = {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
            "content": [{"type": "output_text", "text": "Hello", "annotations": []}]}
    call = {"type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "f", "arguments": "{\"x\":1}", "status": "completed"}
    whole = {"id": "resp_1", "object": "response", "created_at": 1, "model": "m", "output": [text, call], "status": "completed",
             "parallel_tool_calls": True, "tool_choice": "auto", "tools": [],
             "usage": {"input_tokens": 10, "output_tokens": 5, "total_tokens": 15,
                       "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
                       "output_tokens_details": {"reasoning_tokens": 0}}}
    bodies = [
        {"type": "response.created", "response": {**whole, "output": [], "status": "in_progress", "usage": None}},
        {"type": "response.output_item.added", "output_index": 0, "item": {**text, "content": [], "status": "in_progress"}},
        {"type": "response.output_text.delta", "output_index": 0, "content_index": 0, "item_id": "msg_1", "delta": "Hello", "logprobs": []},
        {"type": "response.output_item.done", "output_index": 0, "item": text},
        {"type": "response.output_item.added", "output_index": 1, "item": {**call, "arguments": "", "status": "in_progress"}},
        {"type": "response.function_call_arguments.delta", "output_index": 1, "item_id": "fc_1", "delta": "{\"x\":1}"},
        {"type": "response.output_item.done", "output_index": 1, "item": call},
        {"type": "response.completed", "response": whole},
    ]
    bodies = [{**body, "sequence_number": number} for number, body in enumerate(bodies)]
    return "".join(event(body["type"], body) for body in checked(ResponseStreamEvent, bodies))


def messages_answer():
    bodies = checked(RawMessageStreamEvent, [
        {"type": "message_start", "message": {"id": "msg_1", "type": "message", "role": "assistant", "model": "m", "content": [],
                                              "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 10, "output_tokens": 1}}},
        {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": "", "citations": None}},
        {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hello"}},
        {"type": "content_block_stop", "index": 0},
        {"type": "content_block_start", "index": 1, "content_block": {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {}}},
        {"type": "content_block_delta", "index": 1, "delta": {"type": "input_json_delta", "partial_json": "{\"x\":1}"}},
        {"type": "content_block_stop", "index": 1},
        {"type": "message_delta", "delta": {"stop_reason": "tool_use", "stop_sequence": None}, "usage": {"output_tokens": 5}},
        {"type": "message_stop"},
    ])
    return "".join(event(body["type"], body) for body in bodies)


def gemini_answer():
    parts = [[google.Part(text="Hel")], [google.Part(text="lo"), google.Part(function_call=google.FunctionCall(name="f", args={"x": 1}))]]
    text = ""
    for place, some in enumerate(parts):
        answer = google.GenerateContentResponse(
            candidates=[google.Candidate(content=google.Content(role="model", parts=some), finish_reason="STOP" if place else None)],
            usage_metadata=google.GenerateContentResponseUsageMetadata(prompt_token_count=10, candidates_token_count=5, total_token_count=15))
        text += "data: " + answer.model_dump_json(by_alias=True, exclude_none=True) + "\r\n\r\n"
    return text


# -- The server


class Judge(BaseHTTPRequestHandler):
    findings, asked = [], 0
    lock = threading.Lock()

    def log_message(self, *arguments):
        pass

    def answer(self, body, kind):
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        with Judge.lock:
            body = json.dumps({"asked": Judge.asked, "findings": Judge.findings}).encode()
        self.answer(body, "application/json")

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        path = self.path
        judge, answer = (
            (completions, completions_answer) if path == "/chat/completions" else
            (responses, responses_answer) if path == "/responses" else
            (messages, messages_answer) if path == "/v1/messages" else
            (gemini, gemini_answer) if ":streamGenerateContent" in path else (None, None))
        if judge is None:
            found = [f"nothing is served at {path}"]
        else:
            try:
                found = judge(body, self.headers, path)
            except (KeyError, TypeError, ValueError, IndexError) as error:
                found = [f"{type(error).__name__} {error}"]
        if self.headers["content-type"] != "application/json":
            found.append("no content type")
        with Judge.lock:
            Judge.asked += 1
            Judge.findings += [f"{path}: {self.headers['x-shape']}: {one}" for one in found]
        self.answer((answer() if answer else "").encode(), "text/event-stream")


def sees():
    """Whether a fault of each kind would be seen: who sees none proves nothing."""
    user = {"role": "user", "content": "hi"}
    call = {"id": "a", "type": "function", "function": {"name": "f", "arguments": "{}"}}
    old = {"anthropic-version": "2023-06-01"}
    block = {"type": "text", "text": "hi"}
    content = {"role": "user", "parts": [{"text": "hi"}]}
    cases = [
        (completions, {"model": "m", "messages": [user], "stream": True, "bogus": 1}, {}),
        (completions, {"model": "m", "messages": [{**user, "bogus": 1}], "stream": True}, {}),
        (completions, {"model": "m", "messages": [{"role": "tool", "content": "x"}], "stream": True}, {}),
        (completions, {"model": "m", "messages": [user, {"role": "assistant", "tool_calls": [call]}], "stream": True}, {}),
        (responses, {"model": "m", "input": [{"type": "function_call", "call_id": "a", "name": "f"}], "stream": True}, {}),
        (responses, {"model": "m", "input": [{"role": "user", "content": [block]}], "stream": True}, {}),
        (messages, {"model": "m", "max_tokens": 1, "messages": [user | {"bogus": 1}], "stream": True}, old),
        (messages, {"model": "m", "messages": [user], "stream": True}, old),
        (messages, {"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": [{"type": "tool_result", "tool_use_id": "a"}]}], "stream": True}, old),
        (gemini, {"contents": [{**content, "bogus": 1}]}, {}),
        (gemini, {"contents": [content], "bogus": 1}, {}),
        (gemini, {"contents": [content], "generationConfig": {"bogus": 1}}, {}),
    ]
    def found(judge, body, headers):
        try:
            return judge(body, headers, "/x?alt=sse")
        except (KeyError, TypeError):
            return ["fault"]
    blind = [body for judge, body, headers in cases if not found(judge, body, headers)]
    good = [
        (completions, {"model": "m", "messages": [user], "stream": True}, {}),
        (responses, {"model": "m", "input": [user], "stream": True}, {}),
        (messages, {"model": "m", "max_tokens": 1, "messages": [{"role": "user", "content": [block]}], "stream": True}, old),
        (gemini, {"contents": [content]}, {}),
    ]
    return not blind and not any(found(*one) for one in good)


def main():
    if not sees():
        sys.exit("the judge does not see what it should")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Judge)
    with open(sys.argv[1], "w", encoding="utf-8") as file:
        file.write(f"{server.server_address[1]}\n")
    server.serve_forever()


if __name__ == "__main__":
    main()
