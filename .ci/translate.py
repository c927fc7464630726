"""Prints the CloudFormation template that SAM makes of a SAM template, so that cfn-lint sees what is deployed."""
import json
import sys

import boto3
from samcli.yamlhelper import yaml_parse
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator

with open(sys.argv[1], encoding="utf-8") as file:
    template = yaml_parse(file.read())
# Deploying uploads the artifact and puts its address here.
template["Globals"]["Function"]["CodeUri"] = "s3://bucket/function.zip"
session = boto3.Session(region_name="eu-central-1")
print(json.dumps(Translator({}, Parser(), boto_session=session).translate(template, {}), indent=1))
