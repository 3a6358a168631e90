//! Prints what upstream's own crates make of each module named on the command line, one line each:
//! FILE contract=VERDICT service=VERDICT, where VERDICT is `ok:LENGTH:FNV-1a` of the metered bytes
//! (contract), `ok` (service), or the step that refuses it.

use std::{env, fs, io::BufRead, panic};

use parity_wasm::elements::Instruction;
use wasm_instrument::{gas_metering, parity_wasm};
use wasmparser::{Validator, WasmFeatures};

/// The prices of linera-execution/src/wasm/mod.rs, add_metering.
struct Prices;

impl gas_metering::Rules for Prices {
    fn instruction_cost(&self, instruction: &Instruction) -> Option<u32> {
        use Instruction::*;
        let free = matches!(
            instruction,
            Nop | Drop | Block(_) | Loop(_) | Unreachable | Else | End
        );
        Some(u32::from(!free))
    }
    fn memory_grow_cost(&self) -> gas_metering::MemoryGrowCost {
        gas_metering::MemoryGrowCost::Free
    }
    fn call_per_local_cost(&self) -> u32 {
        0
    }
}

/// What Wasmer 4.4 switches on: wasmer-types/src/features.rs, wasmer-compiler/src/compiler.rs.
fn wasmer_features() -> WasmFeatures {
    WasmFeatures {
        mutable_global: true,
        saturating_float_to_int: true,
        floats: true,
        sign_extension: true,
        bulk_memory: true,
        threads: true,
        reference_types: true,
        multi_value: true,
        simd: true,
        tail_call: false,
        multi_memory: false,
        memory64: false,
        exceptions: false,
        extended_const: false,
        relaxed_simd: false,
        component_model: false,
        function_references: false,
        memory_control: false,
        gc: false,
        component_model_values: false,
        component_model_nested_names: false,
    }
}

fn wasmer_takes(bytes: &[u8]) -> bool {
    let takes = || Validator::new_with_features(wasmer_features()).validate_all(bytes).is_ok();
    panic::catch_unwind(takes).unwrap_or(false)
}

fn metered(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let module = parity_wasm::deserialize_buffer(bytes).map_err(|_| "parse")?;
    let injector = gas_metering::host_function::Injector::new(
        "linera:app/contract-runtime-api",
        "consume-fuel",
    );
    let module = gas_metering::inject(module, injector, &Prices).map_err(|_| "inject")?;
    module.into_bytes().map_err(|_| "write")
}

fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn contract(bytes: &[u8]) -> String {
    let made = panic::catch_unwind(|| metered(bytes)).unwrap_or(Err("panic"));
    match made {
        Ok(made) if wasmer_takes(&made) => format!("ok:{}:{:016x}", made.len(), fnv1a(&made)),
        Ok(_) => "validate".into(),
        Err(step) => step.into(),
    }
}

fn main() {
    panic::set_hook(Box::new(|_| {}));
    let named: Vec<String> = env::args().skip(1).collect();
    let listed = std::io::stdin().lock().lines().map_while(Result::ok);
    let files: Vec<String> = if named.is_empty() { listed.collect() } else { named };
    for file in files {
        let bytes = fs::read(&file).expect("a readable file");
        let service = if wasmer_takes(&bytes) { "ok" } else { "validate" };
        println!("{file} contract={} service={service}", contract(&bytes));
    }
}
