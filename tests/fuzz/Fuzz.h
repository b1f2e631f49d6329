#pragma once
/// What the fuzzers share. Each is one file with LLVMFuzzerTestOneInput: it takes its choices from the first bytes of
/// an input, gives the rest to the code as a stranger would, and demands more than "no crash": a promise that is not
/// kept ends the process, as does every exception that is not the one error a stranger may cause.

#include "common/Text.h"
#include "host/sdk/Error.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

/// An input, taken from its front.
class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : left_(reinterpret_cast<const char*>(data), size) {}

    /// 0 when there is nothing left.
    unsigned byte() {
        if (left_.empty()) return 0;
        const auto value = static_cast<unsigned char>(left_.front());
        left_.remove_prefix(1);
        return value;
    }
    /// Up to the separator, which is taken too; all of it when there is none.
    std::string_view until(std::string_view separator) {
        const auto at = left_.find(separator);
        const auto piece = left_.substr(0, at);
        left_.remove_prefix(at == std::string_view::npos ? left_.size() : at + separator.size());
        return piece;
    }
    std::string_view rest() const { return left_; }
    bool empty() const { return left_.empty(); }

private:
    std::string_view left_;
};

inline void require(bool kept, std::string_view promise, std::string_view about = {}) {
    if (kept) return;
    std::string text = "broken promise: " + std::string(promise);
    if (!about.empty()) text.append(": ").append(about);
    std::fprintf(stderr, "%s\n", text.c_str());
    std::abort();
}

/// What a client is told must go into JSON as it is.
inline void requireSound(const host::sdk::AppError& error) {
    require(error.status() >= 400 && error.status() < 500, "a stranger's input is not our failure", error.what());
    require(!error.code().empty() && common::isUtf8(error.what()), "an error is UTF-8 with a code", error.what());
    for (const auto& one : error.errors())
        require(common::isUtf8(one.pointer) && common::isUtf8(one.reason) && common::isUtf8(one.fix),
                "a field's error is UTF-8", one.reason);
}

/// True when `work` went through, false when it threw an AppError as it may; anything else goes on up.
template <class Work>
bool accepted(Work&& work) {
    try {
        work();
        return true;
    } catch (const host::sdk::AppError& error) {
        requireSound(error);
        return false;
    }
}

}  // namespace fuzz
