#include "host/modules/ModuleLoader.h"

#include "host/modules/ElfNote.h"

#include <Poco/ClassLoader.h>
#include <openssl/evp.h>

#include <sys/stat.h>

namespace host::modules {

namespace fs = std::filesystem;

namespace {

/// One for the process and never destroyed: its destructor would unmap what may still be in use.
Poco::ClassLoader<sdk::Module>& classLoader() {
    static auto* loader = new Poco::ClassLoader<sdk::Module>;
    return *loader;
}

bool isWorldWritable(const fs::path& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 && (status.st_mode & S_IWOTH) != 0;
}

std::string sha256Of(const fs::path& file) {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    std::ifstream in(file, std::ios::binary);
    std::array<char, 65536> buffer;
    while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0)
        EVP_DigestUpdate(context.get(), buffer.data(), static_cast<std::size_t>(in.gcount()));
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned int size = 0;
    EVP_DigestFinal_ex(context.get(), digest.data(), &size);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

/// What helps, by what is wrong with the file.
const char* remedy(NoteError::Kind kind) {
    switch (kind) {
        case NoteError::Kind::Unreadable:
            return "check the file's permissions";
        case NoteError::Kind::NotElf:
            return "put a module built with the host's SDK there";
        case NoteError::Kind::WrongMachine:
            return "install a build of the module for this machine";
        case NoteError::Kind::NoDescriptor:
            return "build it with HOST_MODULE of host/sdk/Module.h";
        case NoteError::Kind::Truncated:
            return "install the module's file again, it is damaged";
    }
    return "";
}

}  // namespace

tl::expected<fs::path, std::string> ModuleLoader::locate(const std::string& name) const {
    auto refuse = [](std::string why) { return tl::unexpected<std::string>(std::move(why)); };
    const std::string file = name + ".so";
    if (name.empty() || name.find_first_of("/\\") != std::string::npos || name.front() == '.')
        return refuse(
            fmt::format("Module '{}' refused: its name is not a plain file name; list names such as 'u2035' "
                        "in 'modules.load'.",
                        name));
    std::error_code error;
    const fs::path directory = fs::canonical(directory_, error);
    if (error)
        return refuse(
            fmt::format("Module '{}' refused: the module directory '{}' can't be opened ({}); set "
                        "'modules.directory' to where modules are installed.",
                        file, directory_.string(), error.message()));
    if (isWorldWritable(directory))
        return refuse(
            fmt::format("Module '{}' refused: everybody may write to the module directory '{}'; run "
                        "'chmod o-w' on it and check who put what there.",
                        file, directory.string()));
    const fs::path real = fs::canonical(directory / file, error);
    if (error)
        return refuse(
            fmt::format("Module '{}' refused: it is not in the module directory '{}' ({}); install it there "
                        "or take '{}' out of 'modules.load'.",
                        file, directory.string(), error.message(), name));
    if (real.parent_path() != directory)
        return refuse(
            fmt::format("Module '{}' refused: it is a link out of the module directory, to '{}'; put the "
                        "file itself there.",
                        file, real.string()));
    if (isWorldWritable(real))
        return refuse(
            fmt::format("Module '{}' refused: everybody may write to the file; run 'chmod o-w' on it and "
                        "install it again.",
                        file));
    return real;
}

tl::expected<LoadedModule, LoadRefusal> ModuleLoader::load(const std::string& name,
                                                           const std::optional<std::string>& sha256) {
    ModuleIdentity identity;
    auto refuse = [&](std::string reason) {
        return tl::unexpected<LoadRefusal>(LoadRefusal{identity, std::move(reason)});
    };
    auto file = locate(name);
    if (!file) return refuse(file.error());
    if (sha256) {
        if (auto actual = sha256Of(*file); actual != *sha256)
            return refuse(
                fmt::format("Module '{0}.so' refused: its SHA-256 is {1}, the configuration allows {2}; "
                            "install the allowed file or update its entry in 'modules.sha256'.",
                            name, actual, *sha256));
    }
    auto descriptor = readElfNote(*file);
    if (!descriptor)
        return refuse(fmt::format("Module '{}.so' refused: {}; {}.", name, descriptor.error().reason,
                                  remedy(descriptor.error().kind)));
    auto verdict = checkDescriptor(*descriptor, name);
    identity = verdict.identity;
    if (verdict.refusal) return refuse(fmt::format("Module '{}.so' refused: {}.", name, *verdict.refusal));

    try {
        classLoader().loadLibrary(file->string());
        // Asked of this library's own manifest: two modules may well name their classes alike.
        const auto& manifest = classLoader().manifestFor(file->string());
        const auto found = manifest.find(identity.className);
        if (found == manifest.end())
            return refuse(
                fmt::format("Module '{}.so' refused: field 'className' is '{}' in the module, but its library "
                            "exports no such class; rebuild the module with HOST_MODULE naming its class.",
                            name, identity.className));
        return LoadedModule{identity, std::unique_ptr<sdk::Module>(found->create())};
    } catch (const Poco::Exception& e) {
        return refuse(
            fmt::format("Module '{}.so' refused: it can't be loaded ({}); install what it links to, or "
                        "rebuild it on this system.",
                        name, e.displayText()));
    } catch (const std::exception& e) {
        return refuse(
            fmt::format("Module '{}.so' refused: its constructor failed ({}); see the module's own "
                        "documentation.",
                        name, e.what()));
    }
}

}  // namespace host::modules
