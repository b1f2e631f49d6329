#pragma once
/// The module contract's version and build tag.
///
/// `major` changes with any change of a virtual table, a struct or a meaning; `minor` is appended service behind a
/// new interface. The host accepts a module when majors are equal, the module's minor is not above the host's, and
/// the build tags are equal: both sides then agree on every layout that crosses the border.

#include <Poco/Version.h>

#define HOST_SDK_ABI_MAJOR 1
#define HOST_SDK_ABI_MINOR 4

#define HOST_SDK_STR2(x) #x
#define HOST_SDK_STR(x) HOST_SDK_STR2(x)

#if defined(__clang__)
#define HOST_SDK_TAG_COMPILER "clang" HOST_SDK_STR(__clang_major__)
#else
#define HOST_SDK_TAG_COMPILER "gxx" HOST_SDK_STR(__GNUC__)
#endif

#if defined(_GLIBCXX_DEBUG)
#define HOST_SDK_TAG_DEBUG "-dbg"
#else
#define HOST_SDK_TAG_DEBUG ""
#endif

#if defined(_GLIBCXX_USE_CXX11_ABI) && _GLIBCXX_USE_CXX11_ABI
#define HOST_SDK_TAG_STDLIB "glibcxx-cxx11" HOST_SDK_TAG_DEBUG
#else
#define HOST_SDK_TAG_STDLIB "glibcxx-old" HOST_SDK_TAG_DEBUG
#endif

#if defined(__SANITIZE_ADDRESS__)
#define HOST_SDK_TAG_SANITIZER ";asan"
#elif defined(__SANITIZE_THREAD__)
#define HOST_SDK_TAG_SANITIZER ";tsan"
#else
#define HOST_SDK_TAG_SANITIZER ""
#endif

#if defined(__x86_64__)
#define HOST_SDK_TAG_MACHINE "x86_64"
#elif defined(__aarch64__)
#define HOST_SDK_TAG_MACHINE "aarch64"
#else
#define HOST_SDK_TAG_MACHINE "other"
#endif

/// Everything that changes the layout of what crosses the border.
#define HOST_SDK_BUILD_TAG                                                                               \
    HOST_SDK_TAG_COMPILER ";cxx" HOST_SDK_STR(__cplusplus) ";" HOST_SDK_TAG_STDLIB                       \
        ";poco" HOST_SDK_STR(POCO_VERSION) ";" HOST_SDK_TAG_MACHINE HOST_SDK_TAG_SANITIZER

/// Types whose identity matters on both sides (thrown, or used with dynamic_cast) keep default visibility.
#define HOST_SDK_API __attribute__((visibility("default")))
