import CCurl
import PiSystem
import Synchronization

/// libcurl: its C goes in here, values come out.
package enum LibCurl {
    /// Of the headers.
    ///
    /// The library itself is opened at the first request, and no start waits for it.
    package static var headerVersion: String { LIBCURL_VERSION }

    /// The library is not on this machine, or is too old.
    package struct Missing: Error, Hashable, Sendable {
        package let what: String
    }

    /// Its functions: filled in once, before anybody has them, and never changed.
    @safe struct Functions: @unchecked Sendable {
        // Filled in once, before anybody has them, and never changed.
        fileprivate var table: pi_curl
    }

    /// At the first request; the result is the same for all later ones.
    private static let opened: Result<Functions, Missing> = {
        var table = pi_curl()
        if let missing = unsafe pi_curl_open(&table) {
            return unsafe .failure(Missing(what: String(cString: missing)))
        }
        guard table.global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK else {
            return .failure(Missing(what: "curl_global_init"))
        }
        return .success(Functions(table: table))
    }()

    static func functions() throws(Missing) -> Functions { try opened.get() }
}

/// The one thread that moves the bytes of all requests.
///
/// Invariants: only this thread touches the multi handle and the easy handles, but for waking it; a transfer is in `running` from
/// its start to its end and held there, so that libcurl's pointer to it is good; nobody is resumed while a lock is held.
final class CurlThread: Sendable {
    private let curl: LibCurl.Functions
    private let mail = Mutex(Mail())
    private let multi: Multi

    private struct Mail {
        var orders: [Order] = []
        var isClosed = false
        /// The multi handle is no more.
        var isGone = false
    }

    enum Order: Sendable {
        case start(CurlTransfer)
        case goOn(CurlTransfer)
        case cancel(CurlTransfer)
    }

    /// The thread owns it; others only wake it, which libcurl allows from anywhere.
    @safe private struct Multi: @unchecked Sendable {
        // The thread owns it; others only wake it, which libcurl allows from anywhere.
        let handle: OpaquePointer?
        let raw: UnsafeMutableRawPointer
    }

    init() throws {
        // OpenSSL writes to sockets whose other side may have gone.
        try Interruption.ignoreFailedWrites()
        curl = try LibCurl.functions()
        guard let handle = curl.table.multi_init() else {
            throw LibCurl.Missing(what: "curl_multi_init")
        }
        multi = unsafe Multi(handle: nil, raw: handle)
        try onThreadOfItsOwn { [self] in run() }
    }

    func send(_ order: Order) {
        let isClosed = mail.withLock { mail in
            if !mail.isClosed { mail.orders.append(order) }
            wake(mail)
            return mail.isClosed
        }
        if isClosed, case .start(let transfer) = order { transfer.end(.failure(.cancelled)) }
    }

    /// With the lock held: the thread takes it before it lets go of the handle.
    private func wake(_ mail: borrowing Mail) {
        guard !mail.isGone else { return }
        _ = unsafe curl.table.multi_wakeup(multi.raw)
    }

    /// What still runs is cancelled; the thread then ends by itself.
    func close() {
        mail.withLock { mail in
            mail.isClosed = true
            wake(mail)
        }
    }

    // MARK: - The thread

    @safe private struct Running {
        let easy: UnsafeMutableRawPointer
        let transfer: CurlTransfer
        let lines: UnsafeMutablePointer<curl_slist>?
        let errorText: UnsafeMutablePointer<CChar>
    }

    private func run() {
        var running: [UnsafeMutableRawPointer: Running] = unsafe [:]
        while true {
            let (orders, isClosed) = mail.withLock { mail in
                defer { mail.orders = [] }
                return (mail.orders, mail.isClosed)
            }
            for order in orders { unsafe obey(order, &running) }
            if isClosed {
                for one in unsafe Array(running.values) {
                    unsafe end(one, .failure(.cancelled), &running)
                }
                break
            }
            var count: Int32 = 0
            _ = unsafe curl.table.multi_perform(multi.raw, &count)
            unsafe takeEnded(&running)
            let wait = unsafe endLate(&running)
            guard mail.withLock({ $0.orders.isEmpty && !$0.isClosed }) else { continue }
            _ = unsafe curl.table.multi_poll(multi.raw, nil, 0, wait, nil)
        }
        mail.withLock { $0.isGone = true }
        _ = unsafe curl.table.multi_cleanup(multi.raw)
    }

    private func obey(_ order: Order, _ running: inout [UnsafeMutableRawPointer: Running]) {
        switch order {
        case .start(let transfer):
            // Cancelled before it began.
            guard !transfer.hasEnded else { return }
            unsafe begin(transfer, &running)
        case .goOn(let transfer):
            guard let one = unsafe running.values.first(where: { $0.transfer === transfer })
            else { return }
            transfer.noteProgress()
            _ = unsafe curl.table.easy_pause(one.easy, CURLPAUSE_CONT)
        case .cancel(let transfer):
            guard let one = unsafe running.values.first(where: { $0.transfer === transfer })
            else { return transfer.end(.failure(.cancelled)) }
            unsafe end(one, .failure(.cancelled), &running)
        }
    }

    private func begin(
        _ transfer: CurlTransfer, _ running: inout [UnsafeMutableRawPointer: Running]
    ) {
        guard let easy = curl.table.easy_init() else {
            return transfer.end(.failure(.library("curl_easy_init failed")))
        }
        let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let one = unsafe Running(
            easy: easy, transfer: transfer, lines: lines(of: transfer.request),
            errorText: errorText)
        unsafe running[easy] = one
        let refused = prepare(one)
        if let refused { return unsafe end(one, .failure(.library(refused)), &running) }
        transfer.noteStart()
        let added = unsafe curl.table.multi_add_handle(multi.raw, easy)
        if added != CURLM_OK { unsafe end(one, .failure(.library("it takes no more")), &running) }
    }

    private func lines(of request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        request.withLines { line in
            unsafe line.withUnsafeBufferPointer { bytes in
                unsafe bytes.withMemoryRebound(to: CChar.self) { text in
                    unsafe list = unsafe curl.table.slist_append(list, text.baseAddress!)
                }
            }
        }
        return unsafe list
    }

    /// The first option that the library does not take; a transfer without it must not begin.
    private func prepare(_ one: Running) -> String? {
        let request = one.transfer.request
        var refused: String?
        func check(_ result: CURLcode, _ option: String) {
            if result != CURLE_OK, refused == nil { refused = "it does not take \(option)" }
        }
        func number(_ option: CURLoption, _ value: Int, _ name: String) {
            check(unsafe pi_curl_set_number(&functions, one.easy, option, value), name)
        }
        func text(_ option: CURLoption, _ value: String, _ name: String) {
            check(
                unsafe value.withCString {
                    unsafe pi_curl_set_pointer(&functions, one.easy, option, $0)
                }, name)
        }
        var functions = curl.table
        text(CURLOPT_URL, request.url, "the address")
        // Neither another protocol nor another place: a key goes where it was meant to go.
        text(CURLOPT_PROTOCOLS_STR, "http,https", "a limit of protocols")
        number(CURLOPT_FOLLOWLOCATION, 0, "a rule for redirects")
        // What a proxy says is not what the server says.
        number(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1, "silence about proxies")
        // What is on this machine is reached without one, which would see the key.
        if HTTPAddress(request.url)?.isLoopback == true { text(CURLOPT_PROXY, "", "no proxy") }
        number(CURLOPT_NOSIGNAL, 1, "life without signals")
        number(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS, "HTTP/2")
        text(CURLOPT_ACCEPT_ENCODING, "", "compression")
        number(CURLOPT_CONNECTTIMEOUT_MS, request.limits.connect.milliseconds, "a time limit")
        number(CURLOPT_TCP_KEEPALIVE, 1, "keep-alive")
        number(CURLOPT_BUFFERSIZE, 128 << 10, "a buffer")
        if let file = request.certificates { text(CURLOPT_CAINFO, file, "certificates") }
        check(
            unsafe pi_curl_set_pointer(&functions, one.easy, CURLOPT_HTTPHEADER, one.lines),
            "headers")
        if let body = request.body {
            number(CURLOPT_POST, 1, "POST")
            check(
                unsafe pi_curl_set_size(
                    &functions, one.easy, CURLOPT_POSTFIELDSIZE_LARGE, Int64(body.count)), "a size")
            check(
                unsafe body.withUnsafeBufferPointer {
                    unsafe pi_curl_set_pointer(
                        &functions, one.easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress)
                }, "a body")
        }
        // In `running` as long as libcurl has it.
        let this = unsafe Unmanaged.passUnretained(one.transfer).toOpaque()
        check(
            unsafe pi_curl_set_pointer(&functions, one.easy, CURLOPT_ERRORBUFFER, one.errorText),
            "a place for errors")
        check(unsafe pi_curl_set_pointer(&functions, one.easy, CURLOPT_WRITEDATA, this), "a taker")
        check(unsafe pi_curl_set_pointer(&functions, one.easy, CURLOPT_HEADERDATA, this), "a taker")
        check(
            unsafe pi_curl_set_callback(
                &functions, one.easy, CURLOPT_WRITEFUNCTION,
                { bytes, _, count, this in
                    // In `running` as long as this can be called.
                    let transfer = unsafe Unmanaged<CurlTransfer>.fromOpaque(this!)
                        .takeUnretainedValue()
                    let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
                    return unsafe transfer.takeBody(Array(piece))
                        ? count : Int(CURL_WRITEFUNC_PAUSE)
                }), "a taker")
        check(
            unsafe pi_curl_set_callback(
                &functions, one.easy, CURLOPT_HEADERFUNCTION,
                { bytes, _, count, this in
                    // In `running` as long as this can be called.
                    let transfer = unsafe Unmanaged<CurlTransfer>.fromOpaque(this!)
                        .takeUnretainedValue()
                    let piece = unsafe UnsafeRawBufferPointer(start: bytes, count: count)
                    return unsafe transfer.takeLine(Array(piece)) ? count : 0
                }), "a taker")
        return refused
    }

    private func takeEnded(_ running: inout [UnsafeMutableRawPointer: Running]) {
        var functions = curl.table
        var code = CURLE_OK
        while let easy = unsafe pi_curl_ended(&functions, multi.raw, &code) {
            guard let one = unsafe running[easy] else { continue }
            unsafe end(one, outcome(code, one), &running)
        }
    }

    private func outcome(_ code: CURLcode, _ one: Running) -> Result<Void, HTTPFault> {
        if code == CURLE_OK { return .success(()) }
        var text = unsafe String(cString: one.errorText)
        if text.isEmpty { text = unsafe String(cString: curl.table.easy_strerror(code)!) }
        return .failure(HTTPFault(code, text))
    }

    /// Ends what is over a limit of time, and says in how many milliseconds the next one may be.
    private func endLate(_ running: inout [UnsafeMutableRawPointer: Running]) -> Int32 {
        let now = Clock<Monotonic>.system.now
        var next: MonotonicInstant?
        for one in unsafe Array(running.values) {
            guard let (deadline, fault) = one.transfer.deadline else { continue }
            if deadline <= now {
                unsafe end(one, .failure(fault), &running)
            } else {
                next = min(next ?? deadline, deadline)
            }
        }
        guard let next else { return 60_000 }
        return Int32(min(60_000, (next - now).milliseconds + 1))
    }

    private func end(
        _ one: Running, _ result: Result<Void, HTTPFault>,
        _ running: inout [UnsafeMutableRawPointer: Running]
    ) {
        _ = unsafe curl.table.multi_remove_handle(multi.raw, one.easy)
        unsafe curl.table.easy_cleanup(one.easy)
        var functions = curl.table
        unsafe pi_curl_forget_lines(&functions, one.lines)
        unsafe one.errorText.deallocate()
        unsafe running[one.easy] = nil
        one.transfer.end(result)
    }
}

extension HTTPFault {
    fileprivate init(_ code: CURLcode, _ text: String) {
        self =
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .noAddress(text)
            case CURLE_COULDNT_CONNECT: .noConnection(text)
            case CURLE_OPERATION_TIMEDOUT: .timeOut(.connection)
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
                CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
                .encryption(text)
            case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE,
                CURLE_HTTP2_STREAM, CURLE_HTTP2, CURLE_SSL_CONNECT_ERROR:
                .lost(text)
            case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING,
                CURLE_WRITE_ERROR, CURLE_URL_MALFORMAT:
                .malformed(text)
            case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT: .library(text)
            default: .network(text)
            }
    }
}
