//! Classes over the catalogue's records.

/// A class over one record of the catalogue, with a read-only attribute for each of the named fields.
///
/// It borrows the record, so it costs a pointer. Two objects are equal where they are of the same record. What else the class
/// has follows in braces.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident: $($field:ident),+; $label:expr; { $($more:tt)* }) => {
        $(#[$doc])*
        #[pyclass(frozen, module = "smtp_codes")]
        pub(crate) struct $name(pub(crate) &'static smtp_codes::$name);

        #[pymethods]
        impl $name {
            $(
                #[getter]
                fn $field<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                    self.0.$field.to_python(py)
                }
            )+

            fn __eq__(&self, other: &Self) -> bool {
                std::ptr::eq(self.0, other.0)
            }

            fn __hash__(&self) -> usize {
                std::ptr::from_ref(self.0).addr()
            }

            fn __repr__(&self) -> String {
                let label: fn(&'static smtp_codes::$name) -> String = $label;
                format!("<{} {}>", stringify!($name), label(self.0))
            }

            /// The record as HTML, for notebooks.
            fn _repr_html_<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, pyo3::types::PyString>> {
                let mut table = crate::html::Table::new(&self.__repr__().replace(['<', '>'], ""));
                $(table.attribute(stringify!($field), &self.0.$field.to_python(py)?)?;)+
                Ok(table.finish(py))
            }

            $($more)*
        }

        impl ToPython for &'static smtp_codes::$name {
            fn to_python(self, py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
                Ok(Bound::new(py, $name(self))?.into_any())
            }
        }
    };
}
pub(crate) use record;
