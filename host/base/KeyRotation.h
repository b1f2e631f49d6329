#pragma once
/// Replaces the key that seals the secrets, while no server runs. Killed at any instant it leaves a file and a database
/// that fit: the file gets the new key beside the old one, the rows are sealed anew in one transaction, then the old
/// key leaves the file. Called again it goes on where it was stopped.

#include "host/base/SecretKey.h"
#include "host/sdk/Clock.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace host::base {

struct RotationPlan {
    std::filesystem::path file;  ///< of the key in use
    /// Another file for the new key: it is made when it isn't there, else its key is taken. `file` is left alone, and
    /// secrets.key_file must name this one afterwards. AppError 409 "secrets.same-key" when it holds a key of `file`.
    std::optional<std::filesystem::path> to = std::nullopt;
    /// Runs what reads and writes key files; for a caller who may do so under another user only.
    std::function<void(const std::function<void()>&)> files = [](const std::function<void()>& work) { work(); };
    /// Told of each step that is done: "written", "row" (inside the transaction), "resealed", "finished". For tests.
    std::function<void(std::string_view)> reached = [](std::string_view) {};
};

struct Rotation {
    std::string from;  ///< names of keys (SecretKey::id)
    std::string to;
    std::size_t secrets = 0;  ///< sealed anew by this call
    bool resumed = false;     ///< an earlier one had been stopped half way
};

/// The caller holds the database's lock. AppError as SecretKey and SealedSecrets tell it; nothing is changed when one
/// secret does not open.
Rotation rotateKey(sdk::Database& database, const sdk::Clock& clock, const RotationPlan& plan);

}  // namespace host::base
