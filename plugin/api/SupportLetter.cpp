#include "plugin/api/SupportLetter.h"

#include <Poco/JSON/Parser.h>

namespace plugin::api {

integration::FailedStep failedStepOf(const store::CheckRow& check) {
    auto steps = Poco::JSON::Parser().parse(check.steps).extract<Poco::JSON::Array::Ptr>();
    for (unsigned i = 0; i < steps->size(); ++i) {
        auto step = steps->getObject(i);
        auto text = [&](const char* name) { return step->optValue<std::string>(name, ""); };
        if (text("state") != "failed") continue;
        integration::FailedStep failed;
        failed.title = text("title");
        failed.contour = check.stage == 2 ? "Тестовый" : "Промышленный";
        failed.url = text("url");
        failed.parameters = text("parameters");
        failed.answer = text("observed");
        if (!text("answer").empty()) failed.answer += "\n" + text("answer");
        failed.errorId = text("errorId");
        return failed;
    }
    return {};
}

}  // namespace plugin::api
