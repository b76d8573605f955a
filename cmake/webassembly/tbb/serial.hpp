// The part of oneTBB that the engine uses, on one thread: what runs in parallel elsewhere runs here
// one after the other, in order.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace tbb {

template <class Value>
class blocked_range {
 public:
  blocked_range(Value begin, Value end, std::size_t = 1) : begin_(begin), end_(end) {}
  [[nodiscard]] Value begin() const { return begin_; }
  [[nodiscard]] Value end() const { return end_; }

 private:
  Value begin_, end_;
};

struct simple_partitioner {};

template <class Range, class Body, class... More>
void parallel_for(const Range& range, const Body& body, const More&...) {
  body(range);
}

class task_arena {
 public:
  explicit task_arena(int = 1) {}
  template <class Function>
  auto execute(Function&& function) {
    return std::forward<Function>(function)();
  }
};

namespace this_task_arena {
inline int current_thread_index() { return 0; }
}  // namespace this_task_arena

// One, made when it is first asked for: by a function, or from the arguments of its constructor.
template <class Value>
class enumerable_thread_specific {
 public:
  template <class Make, std::enable_if_t<std::is_invocable_v<Make>, int> = 0>
  explicit enumerable_thread_specific(Make make)
      : make_([make] { return std::unique_ptr<Value>(new Value(make())); }) {}
  template <class First, class... More, std::enable_if_t<!std::is_invocable_v<First>, int> = 0>
  explicit enumerable_thread_specific(First first, More... more)
      : make_([=] { return std::make_unique<Value>(first, more...); }) {}

  Value& local() {
    if (!value_) value_ = make_();
    return *value_;
  }
  Value* begin() { return value_.get(); }
  Value* end() { return value_ ? value_.get() + 1 : nullptr; }

 private:
  std::function<std::unique_ptr<Value>()> make_;
  std::unique_ptr<Value> value_;
};

struct global_control {
  enum parameter { max_allowed_parallelism };
  global_control(parameter, std::size_t) {}
};

enum class filter_mode { parallel, serial_in_order, serial_out_of_order };

class flow_control {
 public:
  void stop() { stopped_ = true; }
  [[nodiscard]] bool is_stopped() const { return stopped_; }

 private:
  bool stopped_ = false;
};

template <class In, class Out>
struct filter {
  std::function<Out(In)> run;
};
template <class Out>
struct filter<void, Out> {
  std::function<Out(flow_control&)> run;
};

template <class In, class Out, class Function>
filter<In, Out> make_filter(filter_mode, const Function& function) {
  return {function};
}

template <class Middle, class Out>
filter<void, Out> operator&(const filter<void, Middle>& first, const filter<Middle, Out>& then) {
  return {[first, then](flow_control& flow) {
    Middle middle = first.run(flow);
    if (flow.is_stopped()) return Out();
    return then.run(std::move(middle));
  }};
}

inline void parallel_pipeline(std::size_t, const filter<void, void>& whole) {
  for (flow_control flow; !flow.is_stopped();) whole.run(flow);
}

}  // namespace tbb
