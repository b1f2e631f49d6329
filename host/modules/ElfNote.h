#pragma once
/// Reads a module's descriptor from the ELF note in its file, without dlopen: not a byte of the module's code runs.
/// The file is not trusted: every offset and size is checked against the file before it is used. Pure and reentrant.

#include "host/sdk/Descriptor.h"

#include <tl/expected.hpp>

#include <filesystem>
#include <span>
#include <string>

namespace host::modules {

/// Why there is no descriptor: what is wrong, without the file's name, which the caller adds.
struct NoteError {
    enum class Kind { Unreadable, NotElf, WrongMachine, NoDescriptor, Truncated };
    Kind kind;
    std::string reason;
};

/// The descriptor as it stands in the file, to be judged by DescriptorCheck. Bytes the module did not fill are zero.
tl::expected<HostModuleDescriptor, NoteError> readElfNote(const std::filesystem::path& file);

/// The same for a file already in memory (tests and fuzzing).
tl::expected<HostModuleDescriptor, NoteError> parseElfNote(std::span<const unsigned char> file);

}  // namespace host::modules
