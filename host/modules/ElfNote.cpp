#include "host/modules/ElfNote.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace host::modules {

namespace {

using Bytes = std::span<const unsigned char>;
using Kind = NoteError::Kind;

#if defined(__x86_64__)
constexpr std::uint16_t kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr std::uint16_t kMachine = EM_AARCH64;
#else
#error "the module contract knows x86_64 and aarch64"
#endif

tl::unexpected<NoteError> fail(Kind kind, std::string reason) {
    return tl::unexpected<NoteError>(NoteError{kind, std::move(reason)});
}

/// The part [offset, offset + size) when it lies in the whole, else nothing. Never overflows.
std::optional<Bytes> part(Bytes whole, std::uint64_t offset, std::uint64_t size) {
    if (offset > whole.size() || size > whole.size() - offset) return std::nullopt;
    return whole.subspan(static_cast<std::size_t>(offset), static_cast<std::size_t>(size));
}

/// A structure copied out of the file, so that its alignment there does not matter.
template <typename T>
std::optional<T> read(Bytes whole, std::uint64_t offset) {
    auto bytes = part(whole, offset, sizeof(T));
    if (!bytes) return std::nullopt;
    T value;
    std::memcpy(&value, bytes->data(), sizeof(T));
    return value;
}

constexpr std::uint64_t padded(std::uint64_t size) {
    return (size + 3) & ~std::uint64_t{3};
}

/// Looks for our note in a run of notes. An empty optional: it is not there.
tl::expected<std::optional<HostModuleDescriptor>, NoteError> findNote(Bytes notes) {
    constexpr std::string_view owner(HOST_MODULE_NOTE_OWNER, sizeof(HOST_MODULE_NOTE_OWNER));  // with its zero
    std::uint64_t at = 0;
    while (auto head = read<Elf64_Nhdr>(notes, at)) {
        auto name = part(notes, at + sizeof(Elf64_Nhdr), head->n_namesz);
        const std::uint64_t descAt = at + sizeof(Elf64_Nhdr) + padded(head->n_namesz);
        const bool ours = name && head->n_type == HOST_MODULE_NOTE_TYPE && name->size() >= owner.size() &&
                          std::memcmp(name->data(), owner.data(), owner.size()) == 0;
        if (ours) {
            auto desc = part(notes, descAt, head->n_descsz);
            if (!desc)
                return fail(Kind::Truncated, fmt::format("its note '{}' says {} bytes of descriptor and holds {}",
                                                         HOST_MODULE_NOTE_SECTION, head->n_descsz,
                                                         descAt < notes.size() ? notes.size() - descAt : 0));
            HostModuleDescriptor descriptor{};
            std::memcpy(&descriptor, desc->data(), std::min<std::size_t>(desc->size(), sizeof(descriptor)));
            // What the note does not hold, the module can't have filled.
            if (desc->size() < sizeof(descriptor) && descriptor.structSize > desc->size())
                return fail(Kind::Truncated,
                            fmt::format("its descriptor says it is {} bytes long and the note '{}' holds {}",
                                        descriptor.structSize, HOST_MODULE_NOTE_SECTION, desc->size()));
            return descriptor;
        }
        const std::uint64_t next = descAt + padded(head->n_descsz);
        if (next <= at || next > notes.size()) break;
        at = next;
    }
    return std::nullopt;
}

/// Sections have exact bounds, so they are asked first; a file whose section table was stripped still has segments.
tl::expected<std::optional<HostModuleDescriptor>, NoteError> findInSections(Bytes file, const Elf64_Ehdr& header) {
    if (header.e_shoff == 0 || header.e_shentsize != sizeof(Elf64_Shdr) || header.e_shstrndx >= header.e_shnum)
        return std::nullopt;
    auto section = [&](std::uint16_t index) {
        auto table = part(file, header.e_shoff, std::uint64_t{header.e_shnum} * sizeof(Elf64_Shdr));
        return table ? read<Elf64_Shdr>(*table, index * sizeof(Elf64_Shdr)) : std::nullopt;
    };
    auto namesHeader = section(header.e_shstrndx);
    if (!namesHeader) return fail(Kind::Truncated, "its table of sections lies outside the file");
    auto names = part(file, namesHeader->sh_offset, namesHeader->sh_size);
    if (!names) return fail(Kind::Truncated, "its section names lie outside the file");
    constexpr std::string_view wanted(HOST_MODULE_NOTE_SECTION, sizeof(HOST_MODULE_NOTE_SECTION));
    for (std::uint16_t i = 0; i < header.e_shnum; ++i) {
        auto one = section(i);
        if (!one || one->sh_type != SHT_NOTE) continue;
        auto name = part(*names, one->sh_name, wanted.size());
        if (!name || std::memcmp(name->data(), wanted.data(), wanted.size()) != 0) continue;
        auto content = part(file, one->sh_offset, one->sh_size);
        if (!content)
            return fail(Kind::Truncated,
                        fmt::format("its section '{}' lies outside the file", HOST_MODULE_NOTE_SECTION));
        return findNote(*content);
    }
    return std::nullopt;
}

tl::expected<std::optional<HostModuleDescriptor>, NoteError> findInSegments(Bytes file, const Elf64_Ehdr& header) {
    if (header.e_phoff == 0 || header.e_phentsize != sizeof(Elf64_Phdr)) return std::nullopt;
    auto table = part(file, header.e_phoff, std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr));
    if (!table) return fail(Kind::Truncated, "its table of segments lies outside the file");
    for (std::uint16_t i = 0; i < header.e_phnum; ++i) {
        auto one = read<Elf64_Phdr>(*table, i * sizeof(Elf64_Phdr));
        if (!one || one->p_type != PT_NOTE) continue;
        auto content = part(file, one->p_offset, one->p_filesz);
        if (!content) return fail(Kind::Truncated, "a segment of notes lies outside the file");
        auto found = findNote(*content);
        if (!found || *found) return found;
    }
    return std::nullopt;
}

}  // namespace

tl::expected<HostModuleDescriptor, NoteError> parseElfNote(Bytes file) {
    if (file.size() < SELFMAG || std::memcmp(file.data(), ELFMAG, SELFMAG) != 0)
        return fail(Kind::NotElf, "it is not an ELF file");
    auto header = read<Elf64_Ehdr>(file, 0);
    if (!header) return fail(Kind::Truncated, "its ELF header is cut off");
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB)
        return fail(Kind::WrongMachine, "it is not a 64-bit little-endian ELF file");
    if (header->e_type != ET_DYN) return fail(Kind::NotElf, "it is an ELF file, but not a shared library");
    if (header->e_machine != kMachine)
        return fail(Kind::WrongMachine, fmt::format("it is built for ELF machine {}, this host is of machine {}",
                                                    header->e_machine, kMachine));
    auto found = findInSections(file, *header);
    if (found && !*found) found = findInSegments(file, *header);
    if (!found) return tl::unexpected<NoteError>(found.error());
    if (!*found) return fail(Kind::NoDescriptor, fmt::format("it has no note '{}'", HOST_MODULE_NOTE_SECTION));
    return **found;
}

tl::expected<HostModuleDescriptor, NoteError> readElfNote(const std::filesystem::path& file) {
    struct Descriptor {
        int fd;
        ~Descriptor() {
            if (fd >= 0) ::close(fd);
        }
    } in{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
    struct stat status {};
    if (in.fd < 0 || ::fstat(in.fd, &status) != 0)
        return fail(Kind::Unreadable, fmt::format("it can't be read ({})", std::strerror(errno)));
    if (!S_ISREG(status.st_mode)) return fail(Kind::Unreadable, "it is not a regular file");
    if (status.st_size == 0) return fail(Kind::NotElf, "it is not an ELF file");
    const auto size = static_cast<std::size_t>(status.st_size);
    void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, in.fd, 0);
    if (memory == MAP_FAILED) return fail(Kind::Unreadable, fmt::format("it can't be read ({})", std::strerror(errno)));
    auto result = parseElfNote({static_cast<const unsigned char*>(memory), size});
    ::munmap(memory, size);
    return result;
}

}  // namespace host::modules
