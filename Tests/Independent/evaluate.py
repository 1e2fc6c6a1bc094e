#!/usr/bin/env python3
"""A second evaluator of policies, held against the program's on random cases.

    evaluate.py DECIDE COUNT SEED

DECIDE reads `{policy, bounds, requests, workspace, home}` a line and answers `{decisions}` or `{codes}`.
What is here follows docs/policies.md alone, so that a mistake must be made twice to go unseen.
"""
import ipaddress
import json
import random
import re
import subprocess
import sys
from urllib.parse import unquote

STRICTNESS = {"allow": 0, "ask": 1, "deny": 2}
# What stands in a script from a variable on: nobody knows before it runs which words these are, nor how many.
UNKNOWN = object()
FILE_TOOLS = ("read", "ls", "find", "grep", "write", "edit")


def strictest(answers):
    return max(answers, key=STRICTNESS.get)


# --- Names with stars

def fits(pattern, text):
    """A star stands for any characters; behind a backslash a sign stands for itself."""
    parts = re.findall(r"\\.|\*|[^\\*]+", pattern, re.S)
    return re.fullmatch(
        "".join(".*" if part == "*" else re.escape(part[-1] if part[0] == "\\" else part) for part in parts),
        text, re.S) is not None


def segments_fit(pattern, names):
    if not pattern:
        return not names
    if pattern[0] == "**":
        return any(segments_fit(pattern[1:], names[skipped:]) for skipped in range(len(names) + 1))
    return bool(names) and fits(pattern[0], names[0]) and segments_fit(pattern[1:], names[1:])


# --- Commands

def tokens(script):
    """The simple commands of a script, each a list of words; None if they can't be known."""
    commands, words, place = [], [], 0
    while place < len(script):
        if found := re.compile(r"&&|\|\||[;|\n]").match(script, place):
            commands, words = commands + [words], []
        elif found := re.compile(r" +").match(script, place):
            pass
        elif found := re.compile(r'"\$\w+"|\$\w+').match(script, place):
            words.append(UNKNOWN)
        elif found := re.compile(r"""([^\s;&|$'"`()<>*?\[{~#\\!]|'[^']*'|"[^"$`\\]*")+""").match(script, place):
            words.append(re.sub(r"""'([^']*)'|"([^"]*)\"""", lambda m: m[1] or m[2] or "", found[0]))
        else:
            return None
        place = found.end()
    return [command for command in commands + [words] if command]


def unwrapped(words, surely):
    """A command and all that it may run in its turn; None stands for one that can't be known.

    What surely runs is the command as it is written, and the commands of a script that it quotes.
    """
    if words[0] is UNKNOWN:
        return [None]
    name = words[0].rpartition("/")[2]
    commands = [words] if surely else [words, [name] + words[1:]]
    if name in ("sh", "bash") and words[1:2] == ["-c"] and words[2:]:
        script = None if words[2] is UNKNOWN else tokens(words[2])
        return commands + ([None] if script is None else [c for inner in script for c in unwrapped(inner, surely)])
    if name in ("sudo", "env", "timeout", "xargs"):
        # Which words are their own can't be told in general, so that the command may begin at any.
        read = [UNKNOWN] if name == "xargs" else []
        for start in range(1, len(words)):
            commands += unwrapped(words[start:] + read, surely)[1 if surely else 0:]
    return commands


def command_fits(pattern, words, surely):
    if words and words[0] is UNKNOWN or any(word is UNKNOWN for word in words) and surely:
        return not surely
    if pattern == ["..."]:
        return True
    if not pattern or not words:
        return not pattern and not words
    # A backslash is no sign of these patterns.
    return fits(pattern[0].replace("\\", "\\\\"), words[0]) and command_fits(pattern[1:], words[1:], surely)


# --- Connections

def address(text):
    """A literal address, one of IPv4 also where it is written as IPv6; None for a name."""
    try:
        found = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def network(text):
    found = ipaddress.ip_network(text)
    if found.version == 6 and found.prefixlen >= 96 and found.network_address.ipv4_mapped:
        return ipaddress.ip_network((found.network_address.ipv4_mapped, found.prefixlen - 96))
    return found


def names_host(rule, host):
    """Whether a rule names a host, on whatever port; the bare `**` does not count."""
    literal = address(host)
    if literal:
        return any(literal in network(text) for text in rule.get("cidrs", []))
    labels = host.lower().split(".")
    return any(
        segments_fit(pattern.lower().split("."), labels) for pattern in rule.get("hosts", []) if pattern != "**")


def has_port(rule, port, without):
    ranges = [str(ports).partition("-") for ports in rule.get("ports", without)]
    return any(int(low) <= port <= int(high or low) for low, _, high in ranges)


def is_refused(path):
    raw = path.partition("?")[0]
    names = unquote(raw).split("/")
    return "%2f" in raw.lower() or "" in names[1:-1] or "." in names or ".." in names


def admits(rule, request):
    """Whether a rule that names the host lets this request through."""
    if not has_port(rule, request["port"], [443]):
        return False
    if "http" not in rule or "method" not in request and "path" not in request:
        return True
    # A method that a request does not say can't be what a rule insists on; a path left out is the root.
    raw, _, query = request.get("path", "/").partition("?")
    names = [name for name in unquote(raw).split("/") if name]
    parameters = [unquote(part.partition("=")[0]) for part in query.split("&") if part]
    return any(
        ("methods" not in http or request.get("method") in http["methods"])
        and ("paths" not in http or any(segments_fit(path.split("/")[1:], names) for path in http["paths"]))
        and ("query" not in http or all(parameter in http["query"] for parameter in parameters))
        for http in rule["http"])


# --- A policy or a bound

class Policy:
    def __init__(self, text, is_bound, workspace, home):
        self.text, self.is_bound = text, is_bound
        self.workspace, self.home = workspace.split("/")[1:], home.split("/")[1:]
        self.tools, self.files = text.get("tools", {}), text.get("files", {})
        self.place, self.network = text.get("workspace", {}), text.get("network", {})

    def decide(self, request):
        """The strictest answer to all that a request asks for."""
        tool = request.get("tool") or ("bash" if "command" in request or "script" in request else None)
        answers = [self.call(tool, request)] if tool else []
        answers += [self.file(request[way], way) for way in ("read", "write") if way in request]
        if "connect" in request:
            answers.append(self.connection(request, self.rules(tool)))
        return strictest(answers)

    def entries(self, tool):
        return [
            {"decision": entry} if isinstance(entry, str) else entry
            for name, entry in self.tools.items()
            if name == tool or name.endswith("*") and tool.startswith(name[:-1])]

    # Tools

    def call(self, tool, request):
        entries = self.entries(tool)
        default = self.tools.get("default", "allow" if self.is_bound else "deny")
        return strictest([self.answer(entry, tool, request, default) for entry in entries] or [default])

    def answer(self, entry, tool, request, default):
        for decision in ("deny", "ask"):
            if any(self.concerns(call, tool, request) for call in entry.get(decision, [])):
                return decision
        if self.all_allowed(entry.get("allow", []), tool, request):
            return "allow"
        # For a bound a list of what may be called means that nothing else may.
        return entry.get("decision") or ("deny" if self.is_bound and "allow" in entry else default)

    def commands(self, request):
        return tokens(request["script"]) if "script" in request else [request["command"]]

    def concerns(self, call, tool, request):
        """Whether an element of `deny` or `ask` names a call, or might."""
        if "path" in call:
            return self.names_file(call, tool, request)
        if "command" not in request and "script" not in request:
            return False
        commands = self.commands(request)
        if commands is None:
            return True
        return any(
            words is None or command_fits(call["command"], words, surely=False)
            for command in commands for words in unwrapped(command, surely=False))

    def all_allowed(self, calls, tool, request):
        if any(self.names_file(call, tool, request) for call in calls if "path" in call):
            return True
        if "command" not in request and "script" not in request:
            return False
        commands = self.commands(request)
        patterns = [call["command"] for call in calls if "command" in call]
        return bool(commands) and all(
            words is not None and any(command_fits(pattern, words, surely=True) for pattern in patterns)
            for command in commands for words in unwrapped(command, surely=True))

    def names_file(self, call, tool, request):
        return tool in FILE_TOOLS and any(
            self.holds([call["path"]], self.names(request[way])) for way in ("read", "write") if way in request)

    # Files

    def names(self, path):
        """The names on the way to a file, from the root; patterns are anchored as paths are."""
        names = [name for name in path.split("/") if name]
        if path.startswith("/"):
            return names
        return self.home + names[1:] if names[0] == "~" else self.workspace + names

    def holds(self, patterns, names, beyond=-1):
        """Whether a pattern names a file or a folder that it is in, a folder longer than `beyond`."""
        return any(
            segments_fit(self.names(pattern), names[:count])
            for pattern in patterns for count in range(beyond + 1, len(names) + 1))

    def file(self, path, way):
        names = self.names(path)
        inside = names[:len(self.workspace)] == self.workspace
        around = len(self.workspace) if inside else -1
        if self.holds(self.files.get("hide", []) + self.place.get("hide", []), names, around):
            return "deny"
        caches = self.files.get("cache", {}).values()
        # In a bound, a cache whose mode is not named is not restricted.
        fixed = ["read-only"] if self.is_bound else ["read-only", None]
        if way == "write" and self.holds([cache["at"] for cache in caches if cache.get("mode") in fixed], names):
            return "deny"
        if way == "write" and self.holds(self.place.get("protect", []), names):
            return "deny"
        if inside:
            mode = self.place.get("mode", "direct" if self.is_bound else "read-only")
            return "deny" if way == "write" and mode == "read-only" else "allow"
        if self.is_bound and way not in self.files:
            return "allow"
        writable = self.files.get("write", []) + (["/tmp"] if "tmp" in self.files else [])
        writable += [self.files["scratch"]["at"]] if "scratch" in self.files else []
        writable += [cache["at"] for cache in caches if cache.get("mode") == "read-write"]
        readable = writable + self.files.get("read", []) + [cache["at"] for cache in caches]
        return "allow" if self.holds(readable if way == "read" else writable, names) else "deny"

    # Connections

    def rules(self, tool):
        """The names of the rules that a tool has by each entry that says which; None for all of them."""
        entries = self.entries(tool) if tool else []
        has_all = self.is_bound or tool in (None, "bash")
        given = [entry["network"] for entry in entries if "network" in entry] or ["inherit" if has_all else "none"]
        named = [[] if rules == "none" else rules for rules in given if rules != "inherit"]
        return set.intersection(*map(set, named)) if named else None

    def connection(self, request, rules):
        host, _, port = request["connect"].rpartition(":")
        request = {**request, "port": int(port)}
        denies = self.network.get("deny", {}).values()
        if any(names_host(rule, host) and has_port(rule, int(port), ["1-65535"]) for rule in denies):
            return "deny"
        if "path" in request and is_refused(request["path"]):
            return "deny"
        known = [
            (answer, name, rule) for answer in ("allow", "ask") for name, rule in self.network.get(answer, {}).items()]
        naming = [entry for entry in known if names_host(entry[2], host)]
        everything = [] if naming or address(host) else [entry for entry in known if "**" in entry[2].get("hosts", [])]
        answers = [
            answer for answer, name, rule in naming + everything
            if (rules is None or name in rules) and admits(rule, request)]
        if answers or naming or rules is not None:
            return strictest(answers or ["deny"])
        return self.network.get("default") or ("allow" if self.is_bound and "allow" not in self.network else "deny")


def narrowed(policy, bounds):
    """The policy with each cache in the narrowest mode that a bound gives it by its name."""
    files = policy.get("files", {})
    given = [(name, cache) for bound in bounds for name, cache in bound.get("files", {}).get("cache", {}).items()]
    fixed = {name for name, cache in given if cache.get("mode") == "read-only"}
    caches = {
        name: {**cache, "mode": "read-only"} if name in fixed else cache
        for name, cache in files.get("cache", {}).items()}
    return {**policy, "files": {**files, "cache": caches}}


# --- Random cases, of few names, so that rules and requests meet

HOSTS = "a.example.org b.example.org x.a.example.org example.org a.example.net example.net".split()
HOST_PATTERNS = HOSTS + "*.example.org **.example.org *.a.example.org *.example.net **.example.net".split()
ADDRESSES = "10.0.0.1 10.1.0.1 192.0.2.7 [::ffff:10.0.0.1] [fd00::1] [2001:db8::1] [::1]".split()
RANGES = """10.0.0.0/8 10.0.0.1 10.0.0.0/16 192.0.2.0/24 0.0.0.0/0
    ::ffff:10.0.0.0/104 fd00::/8 fd00::1 2001:db8::/32 ::/0""".split()
PORTS = [443, 80, 8080, "80-82", "440-445"]
URL_PATHS = """/ /a /a/b /a/b/c /b /a?x=1 /a/b?x=1&y=2 /%61/b /a/../b /a//b /a%2Fb /a/%2e%2e/b /a/./b /a/b/
    /a/b%20c""".split()
URL_PATTERNS = "/a /a/* /a/** /**/b /** /* /a/b /a/b*".split()
TOOLS = "bash bash bash read write edit ls mcp:a mcp:a.x mcp:b other".split()
TOOL_KEYS = "bash read write edit ls other mcp:a mcp:* mcp:a* b* r* e* w*".split()
FILES = """a a/b a/b/c a/b/ b/c a/.env .env c.key a/c.key a/* ~ ~/x ~/.ssh/id ~/w/a /w /w/a /data /data/a /data/a/b
    /data/b/c.key /usr/bin/x /tmp /tmp/a /scratch/a /cache/a/b /cache/a/b /cache/b /cache/b /etc/x""".split()
FILE_PATTERNS = """a a/b a/b/ a/** a/\\* **/b **/.env **/*.key *.key b/* ~ ~/x ~/.ssh ~/** / /* /home/u/w /w /w/a
    /data /data/a /data/* /data/** /data/*/b /data/**/*.key /usr /tmp /cache /cache/* /etc""".split()
NAMES = "git git git make make ls /usr/bin/git".split()
WORDS = "push test a -f".split()
DECISIONS = "allow allow ask ask deny".split()


def some(dice, values, most=3, least=1):
    return dice.sample(values, dice.randint(least, min(most, len(values))))


def make_call(dice, tool):
    if tool in FILE_TOOLS or tool != "bash" and dice.random() < 0.4:
        return {"path": dice.choice(FILE_PATTERNS)}
    name = dice.choice(NAMES + ["*", "g*", "sudo", "sh", "..."])
    words = [dice.choice(WORDS + ["*", "p*", "*t"]) for _ in range(dice.randint(0, 2))]
    return {"command": [name] if name == "..." else [name] + words + dice.choice([[], ["..."]])}


def make_tool(dice, tool, rules):
    if dice.random() < 0.35:
        return dice.choice(DECISIONS)
    entry = {"decision": dice.choice(DECISIONS)} if dice.random() < 0.6 else {}
    for key, chance in (("allow", 0.5), ("ask", 0.3), ("deny", 0.25)):
        if dice.random() < chance:
            entry[key] = [make_call(dice, tool) for _ in range(dice.randint(1, 3))]
    if dice.random() < 0.5:
        entry["network"] = dice.choice(["none", "inherit", "inherit"] + ([some(dice, rules)] * 3 if rules else []))
    return entry


def make_rule(dice, kind):
    rule = {"hosts": some(dice, HOST_PATTERNS)} if dice.random() < 0.75 else {}
    if rule and kind == "ask" and dice.random() < 0.3:
        rule["hosts"] = ["**"] + rule["hosts"][:dice.randint(0, 1)]
    if not rule or dice.random() < 0.3:
        rule["cidrs"] = some(dice, RANGES)
    if dice.random() < 0.5:
        rule["ports"] = some(dice, PORTS)
    if kind != "deny" and dice.random() < 0.45:
        rule["tls"] = dice.choice(["intercept", "intercept", "plain", "pass"])
        if rule["tls"] != "pass" and dice.random() < 0.8:
            parts = {"methods": some(dice, ["GET", "HEAD", "POST"]), "paths": some(dice, URL_PATTERNS),
                     "query": some(dice, ["x", "y"], 2, 0)}
            rule["http"] = [{key: parts[key] for key in some(dice, list(parts))} for _ in range(dice.randint(1, 2))]
    return rule


def make_policy(dice, is_bound):
    def on(chance):
        return dice.random() < (chance * 0.35 if is_bound else chance)
    files = {key: some(dice, FILE_PATTERNS) for key, chance in (("read", 0.7), ("write", 0.6), ("hide", 0.3))
             if on(chance)}
    if on(0.4):
        files["tmp"] = {"size": "1MiB"}
    if on(0.4):
        files["scratch"] = {"at": dice.choice(["/scratch", "/data/a", "~/x", "a/b"]), "size": "1MiB"}
    if dice.random() < 0.5:
        files["cache"] = {
            name: {"at": at, **dice.choice([{}, {"mode": "read-only"}, {"mode": "read-write"}, {"mode": "read-write"}])}
            for name, at in some(dice, [("c", "/cache/a"), ("d", "/cache/b"), ("e", "/data/b"), ("f", "b/c")])}
    place = {key: some(dice, FILE_PATTERNS, 2) for key, chance in (("protect", 0.35), ("hide", 0.2)) if on(chance)}
    if on(0.85):
        place["mode"] = dice.choice(["read-only", "overlay", "direct", "live"])
    network = {
        kind: {f"{kind}{number}": make_rule(dice, kind) for number in range(dice.randint(1, most))}
        for kind, chance, most in (("allow", 0.9, 5), ("ask", 0.6, 3), ("deny", 0.4, 2)) if on(chance)}
    if on(0.3):
        network["default"] = dice.choice(["ask", "ask", "deny"])
    rules = [name for kind in ("allow", "ask") for name in network.get(kind, {})]
    keys = some(dice, TOOL_KEYS, 7, 2) + ["bash"] * (dice.random() < 0.8)
    tools = {name: make_tool(dice, name, rules) for name in keys if on(1)}
    if on(0.5):
        tools["default"] = dice.choice(DECISIONS)
    parts = {"files": files, "workspace": place, "network": network, "tools": tools}
    return {"version": 1, "name": "x", **{key: value for key, value in parts.items() if value}}


def make_script(dice, in_quotes=False):
    """A script as text; quotes and `sh -c` can't stand in quotes once more."""
    text = ""
    while not text or dice.random() < 0.25:
        text += dice.choice(["; ", " && ", " | ", "\n", " || ", ";"]) if text else ""
        text += dice.choice([""] * 12 + ["sudo ", "env ", "env A=1 ", "timeout 5 ", "xargs ", "sudo timeout 5 "])
        if not in_quotes and dice.random() < 0.08:
            text += dice.choice(["sh", "bash"]) + " -c '" + make_script(dice, in_quotes=True) + "'"
            continue
        text += dice.choice(NAMES * 2 + ["$X", '"$X"'])
        for _ in range(dice.randint(0, 2)):
            word = dice.choice(WORDS)
            written = [word] * 3 + [f'"{word}"'] + ([] if in_quotes else [f"'{word}'", f"{word[0]}'{word[1:]}'"])
            text += " " + dice.choice(written * 4 + ["$X", '"$X"', "$(git push)"])
    return text


def make_command(dice):
    wrapper = dice.choice([[]] * 9 + [["sudo"], ["timeout", "5"], ["env", "A=1"], ["xargs"]])
    if dice.random() < 0.06:
        return wrapper + ["sh", "-c", make_script(dice, in_quotes=True)]
    return wrapper + [dice.choice(NAMES)] + [dice.choice(WORDS) for _ in range(dice.randint(0, 2))]


def make_request(dice):
    kind = dice.choice(["tool", "command", "command", "file", "file", "connect", "connect", "connect"])
    request = {"tool": dice.choice(TOOLS)} if kind == "tool" or dice.random() < 0.15 else {}
    if kind == "command" or request.get("tool") == "bash" and dice.random() < 0.7:
        request = {"tool": "bash"} if dice.random() < 0.7 else {}
        request.update({"script": make_script(dice)} if dice.random() < 0.6 else {"command": make_command(dice)})
    if kind == "file" or request.get("tool") in FILE_TOOLS and dice.random() < 0.8 or dice.random() < 0.03:
        way = {"write": "write", "edit": "write"}.get(request.get("tool"), dice.choice(["read", "write"]))
        request[way] = dice.choice(FILES)
    if kind == "connect" or dice.random() < 0.05:
        host = dice.choice(HOSTS * 2 + ADDRESSES + ["A.Example.org", "other.example.com"])
        request["connect"] = f"{host}:{dice.choice([443, 443, 443, 80, 82, 8080])}"
        parts = {"method": dice.choice(["GET", "HEAD", "POST", "PUT"]), "path": dice.choice(URL_PATHS)}
        request.update({key: parts[key] for key in dice.choice([[]] * 5 + [list(parts)] * 6 + [["method"], ["path"]])})
    return request or {"read": dice.choice(FILES)}


def main(program, count, seed):
    dice = random.Random(seed)
    child = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    totals, differences, policies, refused = dict.fromkeys(STRICTNESS, 0), 0, 0, {}
    while sum(totals.values()) + differences < count and differences < 5:
        case = {
            "policy": make_policy(dice, False),
            "bounds": [make_policy(dice, True) for _ in range(dice.choice([0, 0, 0, 1, 1, 2, 3]))],
            "requests": [make_request(dice) for _ in range(50)],
            "workspace": dice.choice(["/w", "/home/u/w"]), "home": "/home/u"}
        child.stdin.write(json.dumps(case) + "\n")
        child.stdin.flush()
        answer = json.loads(child.stdout.readline())
        policies += 1
        if "codes" in answer:
            for code in answer["codes"]:
                refused[code] = refused.get(code, 0) + 1
            continue
        sides = [
            Policy(text, number > 0, case["workspace"], case["home"])
            for number, text in enumerate([narrowed(case["policy"], case["bounds"])] + case["bounds"])]
        for request, theirs in zip(case["requests"], answer["decisions"], strict=True):
            own = [side.decide(request) for side in sides]
            if theirs and strictest(own) == theirs["decision"]:
                totals[theirs["decision"]] += 1
                continue
            differences += 1
            print(json.dumps({**case, "requests": [request]}))
            print(f"  seed {seed}, here {own}, program {json.dumps(theirs)}\n")
            break
    child.stdin.close()
    child.wait()
    if differences:
        return 1
    shares = ", ".join(f"{name} {100 * totals[name] // count} %" for name in STRICTNESS)
    skipped = f", {sum(refused.values())} of {policies} policies refused: {refused}" if refused else ""
    print(f"{count} cases agree, {shares}, seed {seed}{skipped}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
