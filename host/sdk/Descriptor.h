#pragma once
/// The descriptor by which host and module agree before any of the module's code runs.
///
/// It is plain data in an ELF note (section ".note.lmsd.module", owner "lmsd", type 1), so that the host reads it from
/// the file without dlopen: Poco 1.11's class loader runs a module's code before it checks anything. Fields are never
/// reordered, only appended; `structSize` says how many bytes the module has filled.

#include <cstddef>
#include <cstdint>

#include "host/sdk/Version.h"

extern "C" {

/// "LMSDMOD1" read as little-endian bytes.
#define HOST_MODULE_MAGIC UINT64_C(0x31444f4d44534d4c)

struct HostModuleDescriptor {
    uint64_t magic;
    uint32_t structSize;
    uint16_t abiMajor;
    uint16_t abiMinor;
    uint32_t flags;  ///< reserved, 0
    uint32_t reserved;
    char name[32];       ///< [a-z][a-z0-9-]*, also the prefix of its tables, metrics and configuration keys
    char version[32];    ///< semantic version of the module itself
    char buildTag[128];  ///< HOST_SDK_BUILD_TAG of the compiler that built it
    char className[96];  ///< the class the class loader creates
};

struct HostModuleNote {
    uint32_t nameSize;
    uint32_t descSize;
    uint32_t type;
    char owner[12];  ///< padded so that the descriptor stands on 8 bytes
    struct HostModuleDescriptor descriptor;
};
}

static_assert(sizeof(HostModuleDescriptor) == 312, "the descriptor's layout is a contract");
static_assert(offsetof(HostModuleDescriptor, name) == 24);

#define HOST_MODULE_NOTE_SECTION ".note.lmsd.module"
#define HOST_MODULE_NOTE_OWNER "lmsd"
#define HOST_MODULE_NOTE_TYPE 1

/// Emits the note; use HOST_MODULE (Module.h), which also emits Poco's manifest.
#define HOST_MODULE_DESCRIPTOR(NAME, VERSION, CLASS, MAJOR, MINOR, TAG)                                        \
    extern "C" __attribute__((visibility("default"), used, aligned(4), section(HOST_MODULE_NOTE_SECTION)))     \
    const HostModuleNote hostModuleNote = {12,                                                                 \
                                           sizeof(HostModuleDescriptor),                                       \
                                           HOST_MODULE_NOTE_TYPE,                                              \
                                           HOST_MODULE_NOTE_OWNER,                                             \
                                           {HOST_MODULE_MAGIC, sizeof(HostModuleDescriptor), MAJOR, MINOR, 0,  \
                                            0, NAME, VERSION, TAG, CLASS}};
