// PNG through librsvg. It brings cairo, pango and GLib along: only those who ask for a PNG pay for
// it.
#include <cairo.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "jixiao/pictures.hpp"
#include "system/shared_library.hpp"
#include "text/diagnostics.hpp"

namespace jixiao {
namespace {

using text::Code;

#define JIXIAO_RSVG_FUNCTIONS(JIXIAO_FUNCTION) \
  JIXIAO_FUNCTION(rsvg_handle_new_from_data)   \
  JIXIAO_FUNCTION(rsvg_handle_render_document)
#define JIXIAO_CAIRO_FUNCTIONS(JIXIAO_FUNCTION)      \
  JIXIAO_FUNCTION(cairo_image_surface_create)        \
  JIXIAO_FUNCTION(cairo_create)                      \
  JIXIAO_FUNCTION(cairo_destroy)                     \
  JIXIAO_FUNCTION(cairo_status)                      \
  JIXIAO_FUNCTION(cairo_status_to_string)            \
  JIXIAO_FUNCTION(cairo_surface_write_to_png_stream) \
  JIXIAO_FUNCTION(cairo_surface_destroy)
#define JIXIAO_GLIB_FUNCTIONS(JIXIAO_FUNCTION) \
  JIXIAO_FUNCTION(g_object_unref)              \
  JIXIAO_FUNCTION(g_error_free)

struct Renderer {
#define JIXIAO_FUNCTION(function) decltype(&::function) function = nullptr;
  JIXIAO_RSVG_FUNCTIONS(JIXIAO_FUNCTION)
  JIXIAO_CAIRO_FUNCTIONS(JIXIAO_FUNCTION)
  JIXIAO_GLIB_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
  std::string why_not;  // empty: it is there

  Renderer() {
    system::SharedLibrary rsvg("librsvg-2.so.2"), cairo("libcairo.so.2"),
        objects("libgobject-2.0.so.0"), glib("libglib-2.0.so.0");
#define JIXIAO_FUNCTION(function) rsvg.find(#function, this->function);
    JIXIAO_RSVG_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
#define JIXIAO_FUNCTION(function) cairo.find(#function, this->function);
    JIXIAO_CAIRO_FUNCTIONS(JIXIAO_FUNCTION)
#undef JIXIAO_FUNCTION
    objects.find("g_object_unref", g_object_unref);
    glib.find("g_error_free", g_error_free);
    for (const system::SharedLibrary* library : {&rsvg, &cairo, &objects, &glib}) {
      if (!library->is_there() && why_not.empty()) why_not = library->why_not();
    }
  }
};

const Renderer& renderer() {
  static const Renderer only;
  return only;
}

constexpr double largest = 30000;  // pixels across or down: cairo's own limit is 32767

// Width and height the head of a sheet states; 0: it does not.
double stated(const std::string& svg, const std::string& name) {
  const std::size_t place = svg.find(" " + name + "=\"");
  return place == std::string::npos ? 0
                                    : std::strtod(svg.c_str() + place + name.size() + 3, nullptr);
}

cairo_status_t append(void* out, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

Checked<std::string> refused(Text what, Text help) {
  return std::vector<Diagnostic>{
      text::diagnose_file(Code::file_unwritable, "", std::move(what), std::move(help))};
}

// Owns what it draws with.
class Drawing {
 public:
  Drawing(const Renderer& with, RsvgHandle* handle, int width, int height)
      : with_(with),
        handle_(handle),
        surface_(with.cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height)),
        cairo_(with.cairo_create(surface_)),
        area_{0, 0, static_cast<double>(width), static_cast<double>(height)} {}
  Drawing(const Drawing&) = delete;
  Drawing& operator=(const Drawing&) = delete;
  ~Drawing() {
    with_.cairo_destroy(cairo_);
    with_.cairo_surface_destroy(surface_);
    with_.g_object_unref(handle_);
  }

  // The bytes; or why there are none.
  std::string png(std::string& why) {
    GError* error = nullptr;
    if (with_.rsvg_handle_render_document(handle_, cairo_, &area_, &error) == 0) {
      why = error != nullptr ? error->message : "?";
      if (error != nullptr) with_.g_error_free(error);
      return {};
    }
    std::string out;
    cairo_status_t status = with_.cairo_status(cairo_);
    if (status == CAIRO_STATUS_SUCCESS)
      status = with_.cairo_surface_write_to_png_stream(surface_, append, &out);
    if (status != CAIRO_STATUS_SUCCESS) why = with_.cairo_status_to_string(status);
    return out;
  }

 private:
  const Renderer& with_;
  RsvgHandle* handle_;
  cairo_surface_t* surface_;
  cairo_t* cairo_;
  RsvgRectangle area_;
};

}  // namespace

Checked<std::string> png_of(const Picture& picture, double scale) {
  const Renderer& with = renderer();
  if (!with.why_not.empty())
    return refused(
        {"画 PNG 要用的库 librsvg 没有装（" + with.why_not + "）",
         "librsvg, which PNG pictures are drawn with, is not installed (" + with.why_not + ")"},
        {"请运行：apt-get install librsvg2-2 fonts-noto-cjk；或写成 .svg、.html",
         "run: apt-get install librsvg2-2 fonts-noto-cjk; or write .svg or .html"});
  const double width = stated(picture.svg, "width"), height = stated(picture.svg, "height");
  if (!(width > 0) || !(height > 0))
    return refused(
        {"没有可画的图", "there is nothing to draw"},
        {"改用 .html 或 .csv，数字都在表中", "write .html or .csv: the numbers are in tables"});
  // A sheet too tall for one picture is drawn smaller, not cut.
  const double factor = std::min(std::clamp(scale, 0.1, 8.0), largest / std::max(width, height));
  GError* error = nullptr;
  RsvgHandle* handle = with.rsvg_handle_new_from_data(
      reinterpret_cast<const guint8*>(picture.svg.data()), picture.svg.size(), &error);
  if (handle == nullptr) {
    const std::string why = error != nullptr ? error->message : "?";
    if (error != nullptr) with.g_error_free(error);
    return refused({"librsvg 读不了这张图：" + why, "librsvg cannot read the picture: " + why}, {});
  }
  Drawing drawing(with, handle, static_cast<int>(std::lround(width * factor)),
                  static_cast<int>(std::lround(height * factor)));
  std::string why;
  std::string png = drawing.png(why);
  if (!why.empty())
    return refused({"librsvg 画不出这张图：" + why, "librsvg cannot draw the picture: " + why}, {});
  return png;
}

}  // namespace jixiao
