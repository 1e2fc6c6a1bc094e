"""A model on loopback that takes no time: it asks for one command per turn, and then says that it is done.

    model.py TURNS    prints its port

The path that is asked says how an agent wants to hear of the end: below /mini/ by the command that it waits for.
"""
import http.server
import json
import sys

TURNS = int(sys.argv[1])
END = "echo COMPLETE_TASK_AND_SUBMIT_FINAL_OUTPUT"


def answer(turn, is_mini):
    """The message of a turn, and why it ends."""
    if turn > TURNS and not is_mini:
        return {"role": "assistant", "content": "done"}, "stop"
    command = END if turn > TURNS else f"echo turn {turn}"
    call = {
        "index": 0,
        "id": f"call_{turn}",
        "type": "function",
        "function": {"name": "bash", "arguments": json.dumps({"command": command})},
    }
    return {"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls"


class Model(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        turn = 1 + sum(message["role"] == "assistant" for message in request["messages"])
        message, reason = answer(turn, self.path.startswith("/mini/"))
        usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
        whole = {"id": f"r{turn}", "created": 1, "model": "m", "usage": usage}
        if request.get("stream"):
            choice = {"index": 0, "delta": message, "finish_reason": reason}
            chunk = whole | {"object": "chat.completion.chunk", "choices": [choice]}
            body, kind = f"data: {json.dumps(chunk)}\n\ndata: [DONE]\n\n", "text/event-stream"
        else:
            choice = {"index": 0, "message": message, "finish_reason": reason}
            body = json.dumps(whole | {"object": "chat.completion", "choices": [choice]})
            kind = "application/json"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())


class Server(http.server.ThreadingHTTPServer):
    disable_nagle_algorithm = True


Model.disable_nagle_algorithm = True
server = Server(("127.0.0.1", 0), Model)
print(server.server_address[1], flush=True)
server.serve_forever()
