// What another server answers, in pieces. However it is cut, the same answer or the same error; limits are kept; a
// connection that can be used again has been read exactly to the answer's end.
#include "host/base/outbound/AnswerReader.h"
#include "tests/fuzz/Fuzz.h"
#include "tests/fuzz/MemorySocket.h"

using fuzz::require;
using host::base::outbound::AnswerReader;
using host::sdk::OutboundError;

namespace {

constexpr std::size_t kMaxAnswer = 1000;

struct Outcome {
    std::string text;  ///< of the answer, or of the error
    std::size_t used = 0;
    bool keepsAlive = false;
};

Outcome read(std::string_view bytes, bool headRequest, unsigned cut) {
    fuzz::Cutter cutter(cut);
    std::string_view rest = bytes;
    AnswerReader reader(
        [&](char* to, std::size_t most) {
            const auto n = cutter.next(std::min(most, rest.size()));
            std::copy_n(rest.data(), n, to);
            rest.remove_prefix(n);
            return n;
        },
        headRequest, kMaxAnswer);
    Outcome out;
    try {
        const auto response = reader.read();
        require(response.status >= 200 && response.status <= 999, "an answer is final");
        require(response.body.size() <= kMaxAnswer, "a body keeps the limit");
        require(!headRequest || response.body.empty(), "HEAD has no body");
        out.text = std::to_string(response.status) + "\n";
        for (const auto& [name, value] : response.headers) {
            require(!name.empty() && name == common::toLowerAscii(name), "names of headers are in lower case", name);
            require(name.find('\n') == std::string::npos && value.find('\n') == std::string::npos,
                    "no header holds a line feed");
            out.text += name + ":" + value + "\n";
        }
        out.text += "\n" + response.body;
        out.keepsAlive = reader.keepsAlive();
    } catch (const OutboundError& error) {
        using Kind = OutboundError::Kind;
        require(error.requestSent() &&
                    (error.kind() == Kind::Closed || error.kind() == Kind::BadAnswer || error.kind() == Kind::TooLarge),
                "an answer is closed, bad or too large", error.what());
        require(common::isUtf8(error.what()), "an error is UTF-8");
        out.text = error.what();
    }
    require(reader.sawAnything() == !bytes.empty(), "it knows whether anything came");
    require(reader.keepAliveTimeout().count() >= 0, "no time is negative");
    out.used = bytes.size() - rest.size();
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::Input in(data, size);
    const unsigned cut = in.byte();
    const bool headRequest = (in.byte() & 1) != 0;
    const auto whole = read(in.rest(), headRequest, 0);
    const auto single = read(in.rest(), headRequest, 1);
    require(single.text == whole.text, "the same answer byte by byte", whole.text + "--" + single.text);
    require(read(in.rest(), headRequest, cut).text == whole.text, "the same answer however it is cut", whole.text);
    if (!single.keepsAlive) {
        require(!whole.keepsAlive, "what came beyond an answer never makes a connection better");
        return 0;
    }
    const auto alone = read(in.rest().substr(0, single.used), headRequest, 0);
    require(alone.text == whole.text && alone.keepsAlive, "an answer on a kept connection ends where it was left");
    require(whole.keepsAlive == (single.used == in.rest().size()), "more than one answer ends the connection");
    return 0;
}
