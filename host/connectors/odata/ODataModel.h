#pragma once
/// What a service says of itself in $metadata (CSDL in XML, versions 2 to 4): entity sets, their properties, keys and
/// navigation. Immutable, thread-safe.

#include "host/connectors/odata/ODataRoute.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace host::connectors {

class ODataModel {
public:
    struct Type {
        std::map<std::string, std::string> properties;  ///< name → type as it is written: "Edm.Int64"
        std::map<std::string, std::string> navigation;  ///< name → type of what it leads to
        std::vector<std::string> key;
        std::string base;
    };

    /// \throws sdk::SourceError Format
    static ODataModel parse(std::string xml);

    std::vector<std::string> sets() const;
    /// Null when there is no such set. With what it inherits.
    std::unique_ptr<Type> typeOf(const std::string& entitySet) const;
    /// Null when the type is not of the model ("Edm.String").
    std::unique_ptr<Type> type(const std::string& name) const;

    /// Which of the names are navigation properties. \throws sdk::SourceError Query: which name is wrong, and the
    /// nearest
    ODataColumn resolve(const std::string& entitySet, const std::string& column) const;
    EdmType edmTypeOf(const std::string& entitySet, const std::string& column) const;

private:
    std::map<std::string, Type> types_;        ///< by qualified name
    std::map<std::string, std::string> sets_;  ///< → type
    std::map<std::string, std::string> ends_;  ///< CSDL to 3: "Relationship Role" → type
    std::map<std::string, std::string> namespaceOfAlias_;

    std::string qualified(const std::string& name) const;
};

/// "Student/Name" → its names.
std::vector<std::string> namesOf(const std::string& column);

}  // namespace host::connectors
