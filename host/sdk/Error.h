#pragma once
/// The one exception of the house. Thrown when an operation can't go on; an outcome that the caller decides on is a
/// value. HTTP turns it into RFC 9457 problem+json, the log writes code and context; neither ever shows SQL, a path
/// of the server or a secret, so none may be put into `what` or `detail`.
///
/// Message form: what failed, on what, why, what to do. Thread-safe as a value.

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "host/sdk/Version.h"

namespace host::sdk {
inline namespace abi1 {

/// One wrong field: where it is (JSON pointer, or column name), why it is wrong, what to do.
struct FieldError {
    std::string pointer;
    std::string reason;
    std::string fix;
};

class HOST_SDK_API AppError : public std::runtime_error {
public:
    AppError(int status, std::string code, const std::string& detail, std::vector<FieldError> errors = {})
        : std::runtime_error(detail), status_(status), code_(std::move(code)), errors_(std::move(errors)) {}

    /// HTTP status it maps to.
    int status() const noexcept { return status_; }
    /// Stable slug: "not-found", "validation", "conflict", "integration.locked-stage".
    const std::string& code() const noexcept { return code_; }
    const std::vector<FieldError>& errors() const noexcept { return errors_; }

    /// Current state to be shown with a 409 or 412, as a JSON text; empty when there is none.
    const std::string& current() const noexcept { return current_; }
    AppError& withCurrent(std::string json) {
        current_ = std::move(json);
        return *this;
    }

    static AppError badRequest(const std::string& detail) { return {400, "bad-request", detail}; }
    static AppError unauthorized(const std::string& detail) { return {401, "unauthorized", detail}; }
    static AppError forbidden(const std::string& detail) { return {403, "forbidden", detail}; }
    static AppError notFound(const std::string& detail) { return {404, "not-found", detail}; }
    static AppError conflict(const std::string& code, const std::string& detail) { return {409, code, detail}; }
    static AppError validation(const std::string& detail, std::vector<FieldError> errors) {
        return {422, "validation", detail, std::move(errors)};
    }
    static AppError unavailable(const std::string& code, const std::string& detail) { return {503, code, detail}; }

private:
    int status_;
    std::string code_;
    std::vector<FieldError> errors_;
    std::string current_;
};

}  // namespace abi1
}  // namespace host::sdk
