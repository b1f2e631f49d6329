#pragma once
/// Pages that a module adds to the platform's own: entries of its menu, each a custom element from a script of the
/// module's. The platform draws the menu and the frame, the element everything inside. Thread-safe.

#include <string>

#include "host/sdk/Http.h"
#include "host/sdk/Registration.h"

namespace host::sdk {
inline namespace abi1 {

/// The same text in the languages that people read.
struct PageText {
    std::string ru;
    std::string en;
};

struct Page {
    std::string id;          ///< stable and unique among all modules: "u2035-quarantine"
    PageText section;        ///< heading of the menu; entries with the same one stand together
    PageText title;          ///< the entry
    std::string icon;        ///< name of a symbol that the platform has: "inbox"
    std::string script;      ///< ES module on this server that defines the element: "/assets/u2035/u2035.js"
    std::string element;     ///< name of the custom element: "u2035-footprint"
    std::string path = {};   ///< what the element's attribute `path` begins with: "quarantine"
    int order = 0;           ///< among all entries, the least first
    Role least = Role::Viewer;  ///< whoever has less in the organization isn't shown it; what it asks is checked anyway
};

class Pages {
public:
    virtual ~Pages() = default;

    /// Shown until the handle goes. AppError 409 "page.taken" when the id is, 500 "page.invalid" naming the field that
    /// a page can't have.
    [[nodiscard]] virtual Registration add(const Page& page) = 0;
};

}  // namespace abi1
}  // namespace host::sdk
